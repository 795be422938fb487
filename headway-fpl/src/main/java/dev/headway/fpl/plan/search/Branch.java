package dev.headway.fpl.plan.search;

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

  /** The same with a tighter bound. */
  Branch bounded(double tighter, Relaxation reason) {
    return new Branch(wildcards, fewest, most, tighter, reason);
  }

  /** Whether the part is worth dividing before it is solved. */
  boolean divisible() {
    return fewest < Math.min(most, SINGLE_COUNTS) && !wildcards.contains(0);
  }

  /** The parts, by transfers of the first week, that together make this one. */
  List<Branch> parts() {
    var parts = new ArrayList<Branch>();
    for (int count = fewest; count <= Math.min(most, SINGLE_COUNTS); count++) {
      int last = count == SINGLE_COUNTS ? most : count;
      parts.add(new Branch(wildcards, count, last, bound, relaxation));
    }
    return parts;
  }
}
