package dev.headway.filling.bound;

import java.util.Arrays;

/** Lower bounds on the number of bins that a set of items needs. */
final class BinPacking {
  private BinPacking() {}

  /**
   * The bound L2 of Martello and Toth (<i>Knapsack Problems</i>, 1990, section 8.3): for each
   * threshold t ≤ capacity/2, items over half the capacity need a bin each, and those over {@code
   * capacity − t} leave no room for items of t or more; what the other large items leave free takes
   * only so much of the items from t to half.
   *
   * @param sizes none above the capacity
   */
  static int lowerBound(long[] sizes, long capacity) {
    var sorted = sizes.clone();
    Arrays.sort(sorted);
    var sums = new long[sorted.length + 1];
    for (var i = 0; i < sorted.length; i++) {
      sums[i + 1] = sums[i] + sorted[i];
    }
    var half = above(sorted, capacity / 2);
    var best = Math.max(sorted.length - half, ceiling(sums[sorted.length], capacity));
    for (var i = 0; i < half; i++) {
      var huge = above(sorted, capacity - sorted[i]);
      var free = (huge - half) * capacity - (sums[huge] - sums[half]);
      var rest = Math.max(0, ceiling(sums[half] - sums[i] - free, capacity));
      best = Math.max(best, sorted.length - half + rest);
    }
    return best;
  }

  private static int ceiling(long size, long capacity) {
    return Math.toIntExact(Math.ceilDiv(size, capacity));
  }

  /** The position of the first size greater than {@code limit}. */
  private static int above(long[] sorted, long limit) {
    var low = 0;
    var high = sorted.length;
    while (low < high) {
      var middle = (low + high) >>> 1;
      if (sorted[middle] > limit) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
