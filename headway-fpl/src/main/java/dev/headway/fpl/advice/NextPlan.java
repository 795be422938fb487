package dev.headway.fpl.advice;

import java.util.Comparator;
import java.util.List;

/**
 * One of the next best plans: it begins otherwise than the plan itself and than every other one.
 *
 * @param decision its first gameweek in words
 * @param behindPts weighted points by which the plan is better; below 0 where neither search came
 *     to its end
 * @param plan the whole of it
 */
public record NextPlan(String decision, double behindPts, List<PlanWeek> plan) {
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
                PlanWeek.of(other.weeks(), outcome.position())))
        .sorted(Comparator.comparingDouble(NextPlan::behindPts))
        .toList();
  }
}
