package dev.headway.spc.weighted;

/**
 * A plotted statistic with its standard deviation.
 *
 * @param value the statistic
 * @param sigma its standard deviation, above 0
 */
public record Reading(double value, double sigma) {
  /** Checks that sigma is above 0. */
  public Reading {
    if (!(sigma > 0)) {
      throw new IllegalArgumentException("Sigma is " + sigma + "; it must be above 0");
    }
  }
}
