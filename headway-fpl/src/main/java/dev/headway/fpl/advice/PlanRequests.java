package dev.headway.fpl.advice;

import dev.headway.fpl.chip.ChipWorth;
import dev.headway.fpl.chip.RestOfSeason;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.ChipOption;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.projection.Projections;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.ChipWindow;
import dev.headway.fpl.rules.Gameweeks;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Makes the requests to the plan search. */
final class PlanRequests {
  private static final String GONE = "u";

  private PlanRequests() {}

  /** The request for a position, without chips. */
  static PlanRequest of(
      StartingPosition position, List<Candidate> candidates, PlanWeights weights, Duration limit) {
    return new PlanRequest(
        position.rules(),
        candidates,
        position.horizon(),
        position.bank(),
        position.freeTransfers(),
        List.of(),
        weights,
        List.of(),
        limit);
  }

  /** A player as a candidate of a plan. */
  static Candidate candidate(Player player, StartingPosition position, Projections projections) {
    return candidate(player, position, points(player, projections, position, position.horizon()));
  }

  private static List<Double> points(
      Player player, Projections projections, StartingPosition position, int weeks) {
    var points = new ArrayList<Double>();
    for (int week = 0; week < weeks; week++) {
      points.add(projections.of(player.id(), position.gameweekOf(week)).points());
    }
    return points;
  }

  private static Candidate candidate(
      Player player, StartingPosition position, List<Double> points) {
    int price = player.nowCost();
    int selling = position.sellingPrices().getOrDefault(player.id(), price);
    return new Candidate(
        player.id(),
        player.position(),
        player.team(),
        price,
        selling,
        position.owns(player.id()),
        points);
  }

  /** The players that can be had: the squad, and everybody who is still in the game. */
  static List<Player> market(SeasonSnapshot season, StartingPosition position) {
    return season.bootstrap().elements().stream()
        .filter(player ->
            position.owns(player.id()) || (!player.removed() && !player.status().equals(GONE)))
        .toList();
  }

  /**
   * The rest of the season, as far as a plan's chips last, and from there as many gameweeks as the
   * plan has, in which the last wildcard still counts.
   */
  static RestOfSeason rest(SeasonSnapshot season, AnalysisBasis basis) {
    var position = basis.position();
    int last = Math.min(Gameweeks.LAST, lastOfChips(position) + position.horizon() - 1);
    int weeks = last - position.gameweek() + 1;
    var players =
        market(season, position).stream()
            .map(player ->
                candidate(player, position, points(player, basis.projections(), position, weeks)))
            .toList();
    var matches =
        season.fixtures().stream()
            .filter(match -> !match.finishedProvisional())
            .map(match -> new RestOfSeason.Match(match.teamH(), match.teamA(), match.event()))
            .toList();
    return new RestOfSeason(
        position.rules(),
        position.gameweek(),
        position.horizon(),
        position.bank(),
        players,
        matches);
  }

  private static int lastOfChips(StartingPosition position) {
    return position.chips().stream()
        .filter(window -> opens(window, position))
        .mapToInt(ChipWindow::last)
        .max()
        .orElse(position.gameweek());
  }

  private static boolean opens(ChipWindow window, StartingPosition position) {
    return window.first() < position.gameweekOf(position.horizon());
  }

  /** The chips that a plan can have, each with what keeping it is worth. */
  static List<ChipOption> chips(StartingPosition position, ChipWorth worth, PlanWeights weights) {
    return position.chips().stream()
        .filter(window -> opens(window, position))
        .map(window -> {
          int first = Math.max(0, window.first() - position.gameweek());
          int last = Math.min(window.last() - position.gameweek(), position.horizon() - 1);
          double later = worth.later(window).points();
          var prices =
              IntStream.rangeClosed(first, last)
                  .mapToObj(week -> later - patience(window.chip(), week, worth, weights))
                  .toList();
          return new ChipOption(window.chip(), first, last, prices);
        })
        .toList();
  }

  /*
   * A later gameweek weighs less in a plan because less is known of it, which is no reason to play a chip early: what
   * the weight takes from a chip of one gameweek, its price gives back.
   */
  private static double patience(Chip chip, int week, ChipWorth worth, PlanWeights weights) {
    return chip == Chip.WILDCARD
        ? 0
        : (1 - weights.ofWeek(week)) * worth.projected(chip, week) / weights.caution();
  }
}
