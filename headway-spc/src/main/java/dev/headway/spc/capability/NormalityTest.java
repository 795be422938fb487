package dev.headway.spc.capability;

import dev.headway.spc.constants.Normal;
import java.util.Map;
import java.util.SortedMap;

/**
 * The test of A. Anderson and D. Darling whether measurements are normally distributed, with mean
 * and standard deviation estimated from them (case 3). Source of the statistic, its adjustment A*²
 * = A² (1 + 0.75/n + 2.25/n²) and its p-value: R. B. D'Agostino and M. A. Stephens, Goodness-of-Fit
 * Techniques (1986), tables 4.7 and 4.9.
 *
 * @param statistic A*², adjusted for the number of measurements
 * @param probability of a statistic as large or larger for normal measurements
 */
public record NormalityTest(double statistic, double probability) {
  /** Fewer measurements say nothing. */
  public static final int FEWEST = 8;

  private static final double CERTAIN = 13;

  /**
   * Tests measurements.
   *
   * @param counts how often each value was measured; at least {@link #FEWEST} in all
   * @param mean of them
   * @param sigma their standard deviation, above 0
   */
  static NormalityTest of(SortedMap<Double, Long> counts, double mean, double sigma) {
    double all = counts.values().stream().mapToLong(Long::longValue).sum();
    var sum = 0.0;
    var ranked = 0.0;
    for (Map.Entry<Double, Long> entry : counts.entrySet()) {
      var z = (entry.getKey() - mean) / sigma;
      var next = ranked + entry.getValue();
      // Of ranks i in (ranked, next]: the sums of 2 i - 1, and of 2 (n + 1 - i) - 1.
      sum += (next * next - ranked * ranked) * Normal.logBelow(z);
      sum += (square(all - ranked) - square(all - next)) * Normal.logBelow(-z);
      ranked = next;
    }
    var adjusted = (-all - sum / all) * (1 + 0.75 / all + 2.25 / (all * all));
    return new NormalityTest(adjusted, probability(adjusted));
  }

  private static double square(double value) {
    return value * value;
  }

  /** The p-value of an adjusted statistic. */
  static double probability(double adjusted) {
    if (adjusted >= CERTAIN) {
      return 0;
    }
    var square = adjusted * adjusted;
    if (adjusted >= 0.6) {
      return Math.exp(1.2937 - 5.709 * adjusted + 0.0186 * square);
    }
    if (adjusted > 0.34) {
      return Math.exp(0.9177 - 4.279 * adjusted - 1.38 * square);
    }
    if (adjusted > 0.2) {
      return 1 - Math.exp(-8.318 + 42.796 * adjusted - 59.938 * square);
    }
    return 1 - Math.exp(-13.436 + 101.14 * adjusted - 223.73 * square);
  }
}
