package dev.headway.fpl.advice;

import dev.headway.fpl.advice.DecisionOutput.RankRisk;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the next best plans: it begins otherwise than the plan itself and than every other one.
 *
 * @param decision its first gameweek in words
 * @param behindPts weighted points by which the plan is better
 * @param rankRisk the risk of its first gameweek against the other teams; null where nothing is
 *     known of them
 * @param plan the whole of it
 */
public record NextPlan(
    String decision, double behindPts, @Nullable RankRisk rankRisk, List<PlanWeek> plan) {
  /** How many of them are told. */
  static final int MOST = 3;

  /** Copies the list. */
  public NextPlan {
    plan = List.copyOf(plan);
  }

  /** The next best plans, the best first. */
  static List<NextPlan> of(SearchOutcome outcome) {
    var wording = DecisionText.of(outcome);
    return outcome.alternatives().stream()
        .map(other ->
            new NextPlan(
                wording.decision(other.weeks().getFirst()),
                Rounding.points(outcome.best().objective() - other.objective()),
                outcome.teams().risk(other.weeks().getFirst(), outcome.roster()),
                PlanWeek.of(other.weeks(), outcome.position())))
        .sorted(Comparator.comparingDouble(NextPlan::behindPts))
        .limit(MOST)
        .toList();
  }
}
