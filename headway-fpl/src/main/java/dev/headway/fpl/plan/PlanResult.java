package dev.headway.fpl.plan;

import java.util.List;

/**
 * A plan and its proven bound.
 *
 * @param status what is known of it
 * @param objective its weighted value
 * @param bound what no plan can exceed
 * @param weeks the plan, a week each; empty if none was found
 */
public record PlanResult(Status status, double objective, double bound, List<PlannedWeek> weeks) {
  /** The state of knowledge about a plan. */
  public enum Status {
    /** No plan is better. */
    OPTIMAL,
    /** The time ran out; the gap says how much better a plan could be. */
    FEASIBLE,
    /** No plan obeys the demands. */
    INFEASIBLE,
    /** The search was stopped before it had a plan. */
    STOPPED
  }

  /** Copies the list. */
  public PlanResult {
    weeks = List.copyOf(weeks);
  }

  /** The same with its weeks in another form. */
  public PlanResult withWeeks(List<PlannedWeek> others) {
    return new PlanResult(status, objective, bound, others);
  }

  /** The distance of the bound from the value, relative to the value; 0 when optimal. */
  public double gap() {
    return Math.max(0, bound - objective) / Math.max(1e-9, Math.abs(objective));
  }
}
