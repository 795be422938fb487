package dev.headway.fpl.plan;

import java.util.List;

/**
 * The players of a week: starters, bench, captains.
 *
 * @param starters ids of the eleven, goalkeeper first (all fifteen with a bench boost)
 * @param bench ids of the substitutes, goalkeeper first, then in the order of coming on
 * @param captain id of the captain
 * @param vice id of the vice-captain
 */
public record LineUp(List<Integer> starters, List<Integer> bench, int captain, int vice) {
  /** Copies the lists. */
  public LineUp {
    starters = List.copyOf(starters);
    bench = List.copyOf(bench);
  }
}
