package dev.headway.fpl.plan;

/**
 * How far a search is.
 *
 * @param objective value of the best plan so far
 * @param bound what no plan can exceed
 * @param branchesDone parts of the search that are settled
 * @param branches parts in all
 */
public record PlanProgress(double objective, double bound, int branchesDone, int branches) {
  /** How much of the search is done, 0 to 1. */
  public double fraction() {
    return branches == 0 ? 0 : (double) branchesDone / branches;
  }

  /** The distance of the bound from the value, relative to the value. */
  public double gap() {
    return Math.max(0, bound - objective) / Math.max(1e-9, Math.abs(objective));
  }
}
