package dev.headway.fpl.advice;

import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlannedWeek;
import org.jspecify.annotations.Nullable;

/**
 * The plans that the searches of an analysis found.
 *
 * @param position where the plan begins
 * @param roster its players
 * @param request what was searched
 * @param best the plan
 * @param alternative the best plan that begins otherwise; null when none was found
 */
record SearchOutcome(
    StartingPosition position,
    PlayerDirectory roster,
    PlanRequest request,
    PlanResult best,
    @Nullable PlanResult alternative) {
  PlannedWeek now() {
    return best.weeks().getFirst();
  }

  /** Whether the plan begins with a first squad. */
  boolean fresh() {
    return request.fresh();
  }

  /* What is left open in either search is not a margin. */
  Confidence confidence() {
    if (alternative == null) {
      return new Confidence(0);
    }
    return new Confidence(best.objective() - alternative.bound());
  }
}
