package dev.headway.spc.weighted;

import java.util.ArrayList;
import java.util.List;

/**
 * The exponentially weighted moving average of a process whose mean and standard deviation are
 * known: z(i) = λ x(i) + (1 − λ) z(i−1), from the mean, with limits that widen to their steady
 * width. Source: D. C. Montgomery, Introduction to Statistical Quality Control, 7th ed. (2013),
 * 9.2; for samples of different sizes the variance follows the same recursion.
 *
 * @param center the process mean
 * @param lambda the weight of the newest sample, above 0 and at most 1
 * @param width half the distance of the limits in standard deviations of z, above 0
 */
public record EwmaChart(double center, double lambda, double width) {
  /** Checks the parameters. */
  public EwmaChart {
    if (!(lambda > 0 && lambda <= 1 && width > 0)) {
      throw new IllegalArgumentException("No EWMA with λ " + lambda + " and L " + width);
    }
  }

  /**
   * A point of the chart.
   *
   * @param value the average after the sample
   * @param ucl the upper control limit
   * @param lcl the lower control limit
   */
  public record Average(double value, double ucl, double lcl) {
    /** Whether the average lies beyond its limits. */
    public boolean signals() {
      return value > ucl || value < lcl;
    }
  }

  /** The points of a series, in order. */
  public List<Average> of(List<Reading> series) {
    var points = new ArrayList<Average>(series.size());
    var average = center;
    var variance = 0.0;
    for (var reading : series) {
      average = lambda * reading.value() + (1 - lambda) * average;
      variance =
          lambda * lambda * reading.sigma() * reading.sigma()
              + (1 - lambda) * (1 - lambda) * variance;
      var half = width * Math.sqrt(variance);
      points.add(new Average(average, center + half, center - half));
    }
    return points;
  }
}
