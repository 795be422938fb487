package dev.headway.fpl.advice;

import dev.headway.fpl.advice.DecisionOutput.ChipGuidance;
import dev.headway.fpl.advice.DecisionOutput.ChipOutlook;
import dev.headway.fpl.chip.ChipWorth.Later;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.LineUps;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.ChipWindow;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The advice about chips: now, later or not at all. It says what the plan does; the gain of a chip
 * in the plan is by the plan's own squads, and what keeping one is worth is the figure for which
 * the plan keeps it.
 */
final class ChipAdvice {
  private final SearchOutcome outcome;
  private final LineUps lineUps;

  ChipAdvice(SearchOutcome outcome) {
    this.outcome = outcome;
    this.lineUps = new LineUps(outcome.position().rules(), outcome.request().weights());
  }

  /** The guidance. */
  ChipGuidance guidance() {
    var outlook = outlook();
    return planned()
        .map(week -> inThePlan(week, outlook))
        .or(() ->
            outlook.stream()
                .max(Comparator.comparingDouble(ChipOutlook::gainPts))
                .map(best -> kept(best, outlook)))
        .orElseGet(() ->
            new ChipGuidance(
                null, false, null, "No chip is left for this half of the season", outlook));
  }

  /* The first chip of the plan. */
  private Optional<PlannedWeek> planned() {
    return outcome.best().weeks().stream().filter(week -> week.chip() != null).findFirst();
  }

  private ChipGuidance inThePlan(PlannedWeek week, List<ChipOutlook> outlook) {
    int gameweek = outcome.position().gameweekOf(week.week());
    var chip =
        outlook.stream()
            .filter(one ->
                one.bestGw() == gameweek && Chip.named(one.chip()).orElse(null) == week.chip())
            .findFirst()
            .orElseThrow();
    boolean now = week.week() == 0;
    var when =
        now
            ? "Play the %s now".formatted(label(chip))
            : "Keep the %s for gameweek %d, where the plan plays it"
                .formatted(label(chip), gameweek);
    return new ChipGuidance(
        chip.chip(), now, now ? null : gameweek, when + reason(week, chip), outlook);
  }

  private String reason(PlannedWeek week, ChipOutlook chip) {
    var gain = ": it adds %.1f points".formatted(chip.gainPts());
    var played = week.chip();
    if (played != null && outcome.request().demands(played)) {
      return ", as you insist" + gain;
    }
    return chip.laterPts() > 0
        ? "%s, and keeping it for after the plan is worth %.1f".formatted(gain, chip.laterPts())
        : gain + ", and it lapses with the plan's gameweeks";
  }

  private static ChipGuidance kept(ChipOutlook best, List<ChipOutlook> outlook) {
    return new ChipGuidance(
        best.chip(),
        false,
        best.bestGw(),
        "Play no chip now. The %s looks best in gameweek %d, where it would add %.1f points"
            .formatted(label(best), best.bestGw(), best.gainPts()),
        outlook);
  }

  private static String label(ChipOutlook chip) {
    return Chip.named(chip.chip()).map(Chip::label).orElse(chip.chip());
  }

  private List<ChipOutlook> outlook() {
    int last = outcome.position().gameweekOf(outcome.position().horizon() - 1);
    return outcome.position().chips().stream()
        .filter(window -> window.first() <= Math.max(last, outcome.position().gameweek() + 1))
        .flatMap(window -> outlook(window).stream())
        .toList();
  }

  private Optional<ChipOutlook> outlook(ChipWindow window) {
    var later = outcome.worth().later(window);
    var planned = planned(window);
    if (planned.isPresent()) {
      int gameweek = outcome.position().gameweekOf(planned.get().week());
      return Optional.of(outlook(window, gameweek, gain(planned.get()), later));
    }
    if (!later.equals(Later.NEVER)) {
      return Optional.of(outlook(window, later.gameweek(), later.points(), later));
    }
    return IntStream.range(1, outcome.position().horizon())
        .filter(week -> window.contains(outcome.position().gameweekOf(week)))
        .boxed()
        .max(Comparator.comparingDouble(week -> outcome.worth().projected(window.chip(), week)))
        .map(week ->
            outlook(
                window,
                outcome.position().gameweekOf(week),
                outcome.worth().projected(window.chip(), week),
                later));
  }

  private static ChipOutlook outlook(ChipWindow window, int gameweek, double gain, Later later) {
    return new ChipOutlook(
        window.chip().key(), gameweek, Rounding.points(gain), Rounding.points(later.points()));
  }

  private Optional<PlannedWeek> planned(ChipWindow window) {
    return outcome.best().weeks().stream()
        .filter(week -> week.chip() == window.chip())
        .filter(week -> window.contains(outcome.position().gameweekOf(week.week())))
        .findFirst();
  }

  /* What a chip adds where the plan plays it. */
  private double gain(PlannedWeek played) {
    var chip = played.chip();
    if (chip == null) {
      throw new IllegalArgumentException("Week " + played.week() + " plays no chip");
    }
    var squad = outcome.roster().candidates(played.squad());
    var lineUp = lineUps.best(squad, c -> c.points(played.week()));
    return switch (chip) {
      case BENCH_BOOST -> lineUp.bench().stream().mapToDouble(id -> points(id, played)).sum();
      case TRIPLE_CAPTAIN -> points(lineUp.captain(), played);
      case WILDCARD, FREE_HIT -> rebuilt(played);
    };
  }

  private double points(int id, PlannedWeek week) {
    return outcome.roster().candidate(id).points(week.week());
  }

  /* What the new squad's line-ups score more than the one before it would have. */
  private double rebuilt(PlannedWeek played) {
    var weeks = outcome.best().weeks();
    int last = played.chip() == Chip.FREE_HIT ? played.week() : weeks.size() - 1;
    var before = before(played);
    double gain = 0;
    for (int week = played.week(); week <= last; week++) {
      int at = week;
      var old = lineUps.best(before, c -> c.points(at));
      gain += weeks.get(week).points() - LineUps.points(old, before, c -> c.points(at));
    }
    return gain;
  }

  private List<Candidate> before(PlannedWeek week) {
    return week.week() == 0
        ? outcome.roster().everybody().stream().filter(Candidate::owned).toList()
        : outcome.roster().candidates(outcome.best().weeks().get(week.week() - 1).squad());
  }
}
