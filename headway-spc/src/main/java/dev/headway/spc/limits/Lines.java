package dev.headway.spc.limits;

import dev.headway.spc.model.Zone;

/**
 * The lines that one point of a chart is judged against.
 *
 * <p>The distance from the centre line is counted in standard deviations, below and above it with a
 * scale of its own: limits set by hand need not be symmetric. A lower limit that theory puts below
 * an impossible value is raised to it without changing the scale.
 *
 * @param lcl the lower control limit
 * @param center the centre line
 * @param ucl the upper control limit
 * @param sigmaBelow the plotted statistic's standard deviation below the centre line
 * @param sigmaAbove the same above it
 */
public record Lines(double lcl, double center, double ucl, double sigmaBelow, double sigmaAbove) {
  /**
   * How near, in standard deviations, a point must come to a line to be on it, and two points to be
   * tied. Measurements are decimal numbers that binary arithmetic represents inexactly; the rules
   * must not turn on the sixteenth digit.
   */
  public static final double TOLERANCE = 1e-9;

  /** Lines three sigma from the centre. */
  static Lines symmetric(double center, double sigma) {
    return new Lines(center - 3 * sigma, center, center + 3 * sigma, sigma, sigma);
  }

  /** Lines three sigma from the centre, the lower ones not below zero. */
  static Lines nonNegative(double center, double sigma) {
    return between(0, Double.POSITIVE_INFINITY, center, sigma);
  }

  /** Lines three sigma from the centre, but not beyond the values that can occur. */
  static Lines between(double least, double most, double center, double sigma) {
    return new Lines(
        Math.max(least, center - 3 * sigma),
        center,
        Math.min(most, center + 3 * sigma),
        sigma,
        sigma);
  }

  /** Whether there is no scale: all samples were equal, so that no point can be judged. */
  public boolean degenerate() {
    return !(sigmaBelow > 0 && sigmaAbove > 0);
  }

  /**
   * The line {@code k} standard deviations from the centre.
   *
   * @param k -3 to 3
   */
  public double at(int k) {
    if (k == 3) {
      return ucl;
    }
    return k < 0 ? Math.max(lcl, center + k * sigmaBelow) : Math.min(ucl, center + k * sigmaAbove);
  }

  /**
   * The signed distance of a value from the centre line in standard deviations; exactly a whole
   * number within {@link #TOLERANCE} of a line.
   *
   * @throws IllegalStateException if the lines are {@link #degenerate}
   */
  public double z(double value) {
    if (degenerate()) {
      throw new IllegalStateException("Sigma is 0: no value has a z");
    }
    var z = (value - center) / (value < center ? sigmaBelow : sigmaAbove);
    var line = Math.rint(z);
    return Math.abs(line) <= 3 && Math.abs(z - line) <= TOLERANCE ? line : z;
  }

  /** The zone of a value; the lines must not be {@link #degenerate}. */
  public Zone zone(double value) {
    return Zone.of(z(value));
  }
}
