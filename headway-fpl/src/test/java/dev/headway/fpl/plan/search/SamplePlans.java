package dev.headway.fpl.plan.search;

import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.StoredSource;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.rules.SquadRules;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleBiFunction;

/** Plan requests made from the shipped season. */
final class SamplePlans {
  /* Of a machine that has much else to do; alone it takes seconds. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private SamplePlans() {}

  static SeasonSnapshot season() {
    return StoredSource.sample().snapshot(1, (done, total, document) -> {});
  }

  /** The game's own projection of the next gameweek, as the known optima use it. */
  static PlanRequest pointsOnly(boolean squad, int bank) {
    return request(squad, bank, 1, (player, week) -> player.epNext() == null ? 0 : player.epNext())
        .restricted(List.of(), PATIENCE);
  }

  static PlanRequest request(
      boolean squad, int bank, int horizon, ToDoubleBiFunction<Player, Integer> points) {
    var season = season();
    Set<Integer> owned = new HashSet<>();
    if (squad) {
      owned.addAll(season.team().squad());
    }
    var candidates = new ArrayList<Candidate>();
    for (var player : season.bootstrap().elements()) {
      var weekly = new ArrayList<Double>();
      for (int week = 0; week < horizon; week++) {
        weekly.add(points.applyAsDouble(player, week));
      }
      candidates.add(
          new Candidate(
              player.id(),
              player.position(),
              player.team(),
              player.nowCost(),
              player.nowCost(),
              owned.contains(player.id()),
              weekly));
    }
    return new PlanRequest(
        SquadRules.standard(),
        candidates,
        horizon,
        bank,
        1,
        List.of(),
        horizon == 1 ? PlanWeights.pointsOnly() : PlanWeights.ofCaution(1),
        List.of(),
        PATIENCE);
  }
}
