package dev.headway.filling.strategy;

import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;

/**
 * A plan and a proven lower bound on the makespan of every plan.
 *
 * @param plan all lots, placed
 * @param lowerBound microseconds that no plan's makespan can go below
 */
public record Solution(Plan plan, long lowerBound) {
  /** Whether no plan can be shorter. */
  public boolean proven(Problem problem) {
    return plan.makespan(problem) <= lowerBound;
  }
}
