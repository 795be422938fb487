package dev.headway.fpl.advice;

import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlannedWeek;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plans that the searches of an analysis found.
 *
 * @param position where the plan begins
 * @param roster its players
 * @param request what was searched
 * @param best the plan
 * @param alternatives plans that begin otherwise, in the order in which they were searched
 */
record SearchOutcome(
    StartingPosition position,
    PlayerDirectory roster,
    PlanRequest request,
    PlanResult best,
    List<PlanResult> alternatives) {
  SearchOutcome {
    alternatives = List.copyOf(alternatives);
  }

  PlannedWeek now() {
    return best.weeks().getFirst();
  }

  /** Whether the plan begins with a first squad. */
  boolean fresh() {
    return request.fresh();
  }

  /** The best plan that begins otherwise; null when none was found. */
  @Nullable PlanResult alternative() {
    return alternatives.stream()
        .max(Comparator.comparingDouble(PlanResult::objective))
        .orElse(null);
  }

  /** The value that no plan which begins otherwise exceeds: the first search's, which was free. */
  double alternativeBound() {
    return alternatives.getFirst().bound();
  }

  /* What is left open in either search is not a margin. */
  Confidence confidence() {
    return new Confidence(alternatives.isEmpty() ? 0 : best.objective() - alternativeBound());
  }
}
