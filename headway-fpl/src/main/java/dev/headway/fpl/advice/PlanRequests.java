package dev.headway.fpl.advice;

import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.ChipOption;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.projection.Projections;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.ChipWindow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Makes the requests to the plan search. */
final class PlanRequests {
  /* After so many gameweeks beyond the horizon a chip is worth keeping for all it is worth. */
  private static final double PATIENCE = 8;
  private static final String GONE = "u";

  private PlanRequests() {}

  /** The request for a position. */
  static PlanRequest of(
      StartingPosition position, List<Candidate> candidates, PlanWeights weights, Duration limit) {
    return new PlanRequest(
        position.rules(),
        candidates,
        position.horizon(),
        position.bank(),
        position.freeTransfers(),
        position.chips().stream()
            .filter(window -> window.first() < position.gameweekOf(position.horizon()))
            .map(window -> option(window, position))
            .toList(),
        weights,
        List.of(),
        limit);
  }

  /** A player as a candidate of a plan. */
  static Candidate candidate(Player player, StartingPosition position, Projections projections) {
    var points = new ArrayList<Double>();
    for (int week = 0; week < position.horizon(); week++) {
      points.add(projections.of(player.id(), position.gameweekOf(week)).points());
    }
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

  private static ChipOption option(ChipWindow window, StartingPosition position) {
    int last = position.gameweekOf(position.horizon() - 1);
    double left = Math.clamp((window.last() - last) / PATIENCE, 0, 1);
    return new ChipOption(
        window.chip(),
        Math.max(0, window.first() - position.gameweek()),
        Math.min(window.last(), last) - position.gameweek(),
        left * worth(window.chip()));
  }

  /** Points that a chip, well placed, is assumed to bring; it is kept for them. */
  static double worth(Chip chip) {
    return switch (chip) {
      case WILDCARD -> 14;
      case FREE_HIT -> 14;
      case BENCH_BOOST -> 12;
      case TRIPLE_CAPTAIN -> 8;
    };
  }
}
