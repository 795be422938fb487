package dev.headway.spc.capability;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The counts of measured values, in constant memory: when there are more than 4,096 different
 * values, they lose their last decimal. Not thread-safe.
 */
final class Tally {
  private static final int MOST = 4_096;

  private Map<Double, Long> counts = new HashMap<>();
  private int decimals = Integer.MIN_VALUE;
  private boolean rounded;

  /** Counts one measurement. */
  void add(double measurement) {
    if (rounded) {
      counts.merge(rounded(measurement), 1L, Long::sum);
    } else {
      decimals = Math.max(decimals, decimals(measurement));
      counts.merge(measurement, 1L, Long::sum);
    }
    while (counts.size() > MOST) {
      coarsen();
    }
  }

  private int decimals(double measurement) {
    // Of the million of a history nearly all have as many as those before.
    var scaled = measurement * Math.pow(10, decimals);
    var known = decimals >= 0 && Math.rint(scaled) / Math.pow(10, decimals) == measurement;
    return known ? decimals : BigDecimal.valueOf(measurement).stripTrailingZeros().scale();
  }

  private void coarsen() {
    decimals--;
    rounded = true;
    var coarser = new HashMap<Double, Long>();
    counts.forEach((value, count) -> coarser.merge(rounded(value), count, Long::sum));
    counts = coarser;
  }

  private double rounded(double value) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_EVEN).doubleValue();
  }

  /** The distance of values that can be told apart, a power of ten. */
  double step() {
    return counts.isEmpty() ? 1 : Math.pow(10, -decimals);
  }

  /** The values with their counts, ascending. */
  NavigableMap<Double, Long> ascending() {
    return new TreeMap<>(counts);
  }
}
