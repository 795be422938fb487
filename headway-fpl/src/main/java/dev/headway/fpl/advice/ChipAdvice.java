package dev.headway.fpl.advice;

import dev.headway.fpl.advice.DecisionOutput.ChipGuidance;
import dev.headway.fpl.advice.DecisionOutput.ChipOutlook;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.LineUps;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.ChipWindow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The advice about chips: now, later or not at all. What the plan does is exact. Beyond it, bench
 * boost and triple captain are looked up in every gameweek left with the squad that the plan ends
 * with; wildcard and free hit help most where that squad scores least.
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
    var now = outcome.now().chip();
    var outlook = outlook(now);
    if (now != null) {
      return new ChipGuidance(now.key(), true, null, reason(now), outlook);
    }
    var planned = outcome.best().weeks().stream().filter(w -> w.chip() != null).findFirst();
    if (planned.isPresent()) {
      return later(planned.get(), outlook);
    }
    return outlook.stream()
        .max(Comparator.comparingDouble(ChipOutlook::gainPts))
        .map(best -> keep(best, outlook))
        .orElseGet(() ->
            new ChipGuidance(
                null, false, null, "No chip is left for this half of the season", outlook));
  }

  private String reason(Chip now) {
    boolean proved = outcome.best().status() == PlanResult.Status.OPTIMAL;
    return proved
        ? "Play the %s now: within the horizon no gameweek is better for it, and it gains more than keeping it is worth"
            .formatted(now.label())
        : "Play the %s now: the best plan that was found does, and gains more by it than keeping it is assumed to be worth"
            .formatted(now.label());
  }

  private ChipGuidance later(PlannedWeek week, List<ChipOutlook> outlook) {
    var chip = week.chip();
    if (chip == null) {
      throw new IllegalArgumentException("Week " + week.week() + " plays no chip");
    }
    int gameweek = outcome.position().gameweekOf(week.week());
    return new ChipGuidance(
        chip.key(),
        false,
        gameweek,
        "Keep the %s for gameweek %d, where the plan plays it".formatted(chip.label(), gameweek),
        outlook);
  }

  private static ChipGuidance keep(ChipOutlook best, List<ChipOutlook> outlook) {
    var label = Chip.named(best.chip()).map(Chip::label).orElse(best.chip());
    return new ChipGuidance(
        best.chip(),
        false,
        best.bestGw(),
        "Play no chip now. The %s looks best in gameweek %d, where it would add %.1f points"
            .formatted(label, best.bestGw(), best.gainPts()),
        outlook);
  }

  private List<ChipOutlook> outlook(@Nullable Chip now) {
    var outlook = new ArrayList<ChipOutlook>();
    for (var window : outcome.position().chips()) {
      if (window.chip() != now && window.contains(outcome.position().gameweek() + 1)) {
        best(window).ifPresent(outlook::add);
      }
    }
    return outlook;
  }

  private Optional<ChipOutlook> best(ChipWindow window) {
    double usual = usual(window);
    var planned = planned(window);
    if (planned.isPresent()) {
      int gameweek = outcome.position().gameweekOf(planned.get().week());
      double gain =
          window.chip().keepsSavedTransfers()
              ? rebuilt(planned.get())
              : gain(window.chip(), gameweek, usual);
      return Optional.of(new ChipOutlook(window.chip().key(), gameweek, Rounding.points(gain)));
    }
    ChipOutlook best = null;
    for (int gw = outcome.position().gameweek() + 1; gw <= window.last(); gw++) {
      double gain = gain(window.chip(), gw, usual);
      if (best == null || gain > best.gainPts()) {
        best = new ChipOutlook(window.chip().key(), gw, Rounding.points(gain));
      }
    }
    return Optional.ofNullable(best);
  }

  /* Where the plan plays it, it is best by the plan. */
  private Optional<PlannedWeek> planned(ChipWindow window) {
    return outcome.best().weeks().stream()
        .filter(week -> week.chip() == window.chip())
        .filter(week -> window.contains(outcome.position().gameweekOf(week.week())))
        .findFirst();
  }

  /* What the new squad's line-ups score more than the one before it would have. */
  private double rebuilt(PlannedWeek played) {
    var weeks = outcome.best().weeks();
    int last = played.chip() == Chip.FREE_HIT ? played.week() : weeks.size() - 1;
    var before = squad(outcome.position().gameweekOf(played.week()) - 1);
    double gain = 0;
    for (int week = played.week(); week <= last; week++) {
      int at = week;
      var old = lineUps.best(before, c -> c.points(at));
      gain += weeks.get(week).points() - LineUps.points(old, before, c -> c.points(at));
    }
    return gain;
  }

  private double gain(Chip chip, int gameweek, double usual) {
    var squad = squad(gameweek);
    var lineUp = lineUps.best(squad, c -> points(c, gameweek));
    return switch (chip) {
      case BENCH_BOOST -> lineUp.bench().stream().mapToDouble(id -> points(id, gameweek)).sum();
      case TRIPLE_CAPTAIN -> points(lineUp.captain(), gameweek);
      case WILDCARD, FREE_HIT ->
          Math.max(0, usual - LineUps.points(lineUp, squad, c -> points(c, gameweek)));
    };
  }

  /* What the line-up scores in a usual gameweek of the window. */
  private double usual(ChipWindow window) {
    double sum = 0;
    int first = outcome.position().gameweek() + 1;
    for (int gw = first; gw <= window.last(); gw++) {
      int gameweek = gw;
      var squad = squad(gameweek);
      var lineUp = lineUps.best(squad, c -> points(c, gameweek));
      sum += LineUps.points(lineUp, squad, c -> points(c, gameweek));
    }
    return sum / (window.last() - first + 1);
  }

  private List<Candidate> squad(int gameweek) {
    var weeks = outcome.best().weeks();
    int week = Math.min(weeks.size() - 1, gameweek - outcome.position().gameweek());
    return outcome.roster().candidates(weeks.get(week).squad());
  }

  private double points(Candidate candidate, int gameweek) {
    return points(candidate.id(), gameweek);
  }

  private double points(int id, int gameweek) {
    return outcome.roster().projection(id, gameweek).points();
  }
}
