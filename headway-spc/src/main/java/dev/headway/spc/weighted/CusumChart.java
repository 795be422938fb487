package dev.headway.spc.weighted;

import java.util.ArrayList;
import java.util.List;

/**
 * The tabular cumulative sum of a process whose mean and standard deviation are known, in standard
 * deviations: C⁺(i) = max(0, z(i) − k + C⁺(i−1)) and C⁻(i) = max(0, −z(i) − k + C⁻(i−1)). Source:
 * D. C. Montgomery, Introduction to Statistical Quality Control, 7th ed. (2013), 9.1.2.
 *
 * @param center the process mean
 * @param slack k, half the shift that is to be found, at least 0
 * @param decision h, the sum beyond which the chart signals, above 0
 */
public record CusumChart(double center, double slack, double decision) {
  /** Checks the parameters. */
  public CusumChart {
    if (!(slack >= 0 && decision > 0)) {
      throw new IllegalArgumentException("No CUSUM with k " + slack + " and h " + decision);
    }
  }

  /**
   * A point of the chart.
   *
   * @param upper the sum of what lies above
   * @param lower the sum of what lies below
   * @param decision the sum beyond which it signals
   */
  public record Sums(double upper, double lower, double decision) {
    /** Whether one of the sums lies beyond the decision interval. */
    public boolean signals() {
      return upper > decision || lower > decision;
    }
  }

  /** The points of a series, in order. */
  public List<Sums> of(List<Reading> series) {
    var points = new ArrayList<Sums>(series.size());
    var upper = 0.0;
    var lower = 0.0;
    for (var reading : series) {
      var z = (reading.value() - center) / reading.sigma();
      upper = Math.max(0, z - slack + upper);
      lower = Math.max(0, -z - slack + lower);
      points.add(new Sums(upper, lower, decision));
    }
    return points;
  }
}
