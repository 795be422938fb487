package dev.headway.fpl.advice;

import dev.headway.fpl.advice.DecisionOutput.RankRisk;
import dev.headway.fpl.data.Bootstrap;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlannedWeek;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The other managers, by the share of their teams that has each player: what decides a rank is the
 * difference to them. For a player with multiplier m (0, 1, captain 2) whom a share o of the teams
 * has, the difference is (m − o) times his points. Where the variance of his points is V times
 * their expectation p, that of the difference is V p (m − o)².
 *
 * <p>Fielding him changes that by V p (1 − 2o), which is linear, so a posture takes a part of it as
 * the price of risk: a plan counts p (1 − k (1 − 2o)) instead of p. With k above 0 the players whom
 * most have are preferred, with k below 0 those whom few have. Immutable.
 */
final class OtherTeams {
  /** V; an assumption, about what the backtest's errors are among likely starters. */
  private static final double VARIANCE = 2;

  private final Map<Integer, Double> owned = new HashMap<>();
  private final RiskPosture posture;

  OtherTeams(Bootstrap season, RiskPosture posture) {
    this.posture = posture;
    season.elements().forEach(this::add);
  }

  private void add(Player player) {
    var percent = player.selectedByPercent();
    if (percent != null) {
      owned.put(player.id(), percent / 100);
    }
  }

  /** Whether the posture asks for what is not known of the other teams. */
  boolean missing() {
    return owned.isEmpty() && posture.template() != 0;
  }

  /** A candidate as the posture counts him; the same where nothing is known of him. */
  Candidate weighed(Candidate candidate) {
    var share = owned.get(candidate.id());
    if (share == null || posture.template() == 0) {
      return candidate;
    }
    double factor = 1 - posture.template() * (1 - 2 * share);
    return candidate.withPoints(
        candidate.points().stream().map(points -> factor * points).toList());
  }

  /** The risk of a plan's first gameweek; null where nothing is known of the other teams. */
  @Nullable RankRisk risk(PlannedWeek week, PlayerDirectory roster) {
    if (owned.isEmpty()) {
      return null;
    }
    double variance = 0;
    double template = 0;
    for (var candidate : roster.everybody()) {
      double share = owned.getOrDefault(candidate.id(), 0.0);
      double multiplier = week.multiplier(candidate.id());
      variance += VARIANCE * Math.max(0, candidate.points(0)) * Math.pow(multiplier - share, 2);
      template += multiplier > 0 ? share : 0;
    }
    return new RankRisk(
        Rounding.points(Math.sqrt(variance)),
        Rounding.points(100 * template / week.lineUp().starters().size()));
  }
}
