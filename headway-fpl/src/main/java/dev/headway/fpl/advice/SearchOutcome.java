package dev.headway.fpl.advice;

import dev.headway.fpl.chip.ChipWorth;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.robust.Standing;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The plans that the searches of an analysis found.
 *
 * @param position where the plan begins
 * @param roster its players
 * @param request what was searched
 * @param plans the best plan, then those that begin otherwise in the order of their searches
 * @param worth what keeping a chip is worth
 * @param teams the other managers'
 */
record SearchOutcome(
    StartingPosition position,
    PlayerDirectory roster,
    PlanRequest request,
    List<PlanResult> plans,
    ChipWorth worth,
    OtherTeams teams) {
  SearchOutcome {
    plans = List.copyOf(plans);
  }

  PlanResult best() {
    return plans.getFirst();
  }

  /** The plans that begin otherwise. */
  List<PlanResult> alternatives() {
    return plans.subList(1, plans.size());
  }

  PlannedWeek now() {
    return best().weeks().getFirst();
  }

  /** Whether the plan begins with a first squad. */
  boolean fresh() {
    return request.fresh();
  }

  /** The best plan that begins otherwise; null when none was found. */
  @Nullable PlanResult alternative() {
    return alternatives().stream()
        .max(Comparator.comparingDouble(PlanResult::objective))
        .orElse(null);
  }

  /** The value that no plan which begins otherwise exceeds: the first search's, which was free. */
  double alternativeBound() {
    return alternatives().getFirst().bound();
  }

  /** The standing of the plan among all that were found. */
  Standing standing() {
    return new Standing(
        request, best().weeks(), alternatives().stream().map(PlanResult::weeks).toList());
  }

  /** The confidence in the decision; none where no other beginning was found. */
  Confidence confidence() {
    return new Confidence(alternatives().isEmpty() ? 0 : standing().share());
  }
}
