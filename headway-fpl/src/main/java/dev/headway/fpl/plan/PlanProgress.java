package dev.headway.fpl.plan;

import java.util.List;

/**
 * The progress of a search.
 *
 * @param objective value of the best plan so far
 * @param bound what no plan can exceed
 * @param branchesDone parts of the search that are settled
 * @param branches parts in all
 * @param timeUsed share of the time limit that is used, 0 to 1
 * @param weeks the best plan so far
 */
public record PlanProgress(
    double objective,
    double bound,
    int branchesDone,
    int branches,
    double timeUsed,
    List<PlannedWeek> weeks) {
  /** Copies the list. */
  public PlanProgress {
    weeks = List.copyOf(weeks);
  }

  /** How much of the search is done, 0 to 1: of its parts or of its time, whichever is more. */
  public double fraction() {
    return Math.clamp(
        branches == 0 ? timeUsed : Math.max(timeUsed, (double) branchesDone / branches), 0, 1);
  }

  /** The same at a later time. */
  public PlanProgress later(double used) {
    return new PlanProgress(objective, bound, branchesDone, branches, used, weeks);
  }

  /** The distance of the bound from the value, relative to the value. */
  public double gap() {
    return Math.max(0, bound - objective) / Math.max(1e-9, Math.abs(objective));
  }
}
