package dev.headway.filling.strategy;

import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;

/**
 * A plan and a proven lower bound on the cost of every plan.
 *
 * @param plan all lots, placed
 * @param lowerBound microseconds that no plan's {@link Plan#cost} can go below
 */
public record Solution(Plan plan, long lowerBound) {
  /** Whether no plan can cost less. */
  public boolean proven(Problem problem) {
    return plan.cost(problem) <= lowerBound;
  }
}
