package dev.headway.fpl.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * A part of the search: which weeks have a wildcard and how many transfers the first week makes.
 *
 * @param wildcards weeks with a wildcard
 * @param fewest fewest transfers in the first week
 * @param most most
 * @param bound what no plan of this part can exceed
 * @param relaxation reduced costs that belong to the bound
 */
record Branch(List<Integer> wildcards, int fewest, int most, double bound, Relaxation relaxation) {
  /** Counts of first-week transfers that are looked at one by one; more are one part. */
  private static final int SINGLE_COUNTS = 3;

  /** Whether the part is worth dividing before it is solved. */
  boolean divisible() {
    return fewest < Math.min(most, SINGLE_COUNTS) && !wildcards.contains(0);
  }

  /** The ranges of first-week transfers that together make this part. */
  List<int[]> ranges() {
    var ranges = new ArrayList<int[]>();
    for (int count = fewest; count <= most; count++) {
      boolean rest = count >= SINGLE_COUNTS;
      ranges.add(new int[] {count, rest ? most : count});
      if (rest) {
        break;
      }
    }
    return ranges;
  }
}
