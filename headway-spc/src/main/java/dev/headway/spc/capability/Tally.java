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

  /* Below this, a number's thousandth parts can be told apart. */
  private static final double SURE = 1e12;
  private static final double NEAR = 1e-3;

  private Map<Double, Long> counts = new HashMap<>();
  private int decimals = Integer.MIN_VALUE;
  private double scale = Double.NaN; // ten to the power of the decimals
  private boolean rounded;

  /** Counts one measurement. */
  void add(double measurement) {
    if (rounded) {
      counts.merge(rounded(measurement), 1L, Long::sum);
    } else {
      keep(Math.max(decimals, decimals(measurement)));
      counts.merge(measurement, 1L, Long::sum);
    }
    while (counts.size() > MOST) {
      coarsen();
    }
  }

  private int decimals(double measurement) {
    // Of the million of a history nearly all have as many as those before.
    var known = decimals >= 0 && Math.rint(measurement * scale) / scale == measurement;
    return known ? decimals : BigDecimal.valueOf(measurement).stripTrailingZeros().scale();
  }

  private void keep(int wanted) {
    if (wanted != decimals) {
      decimals = wanted;
      scale = Math.pow(10, wanted);
    }
  }

  private void coarsen() {
    keep(decimals - 1);
    rounded = true;
    var coarser = new HashMap<Double, Long>();
    counts.forEach((value, count) -> coarser.merge(rounded(value), count, Long::sum));
    counts = coarser;
  }

  private double rounded(double value) {
    var scaled = value * scale;
    var part = scaled - Math.floor(scaled);
    // Nearly all are far from the middle, where calculating with doubles cannot err.
    if (decimals >= 0 && Math.abs(scaled) < SURE && Math.abs(part - 0.5) > NEAR) {
      return Math.rint(scaled) / scale;
    }
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
