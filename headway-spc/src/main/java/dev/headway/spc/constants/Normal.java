package dev.headway.spc.constants;

/** The standard normal distribution. */
public final class Normal {
  private static final double FAR = 5;
  private static final int FRACTIONS = 60;

  private Normal() {}

  /**
   * The distribution function, by its Taylor series: G. Marsaglia, Journal of Statistical Software
   * 11 (2004) 4.
   */
  public static double below(double z) {
    if (Math.abs(z) > 8) {
      return z > 0 ? 1 : 0;
    }
    var sum = z;
    var term = z;
    var before = 0.0;
    for (var odd = 3; sum != before; odd += 2) {
      before = sum;
      term *= z * z / odd;
      sum += term;
    }
    return 0.5 + sum * Math.exp(-0.5 * z * z) / Math.sqrt(2 * Math.PI);
  }

  /**
   * The natural logarithm of the distribution function; finite however far out {@code z} lies, by
   * Laplace's continued fraction of the tail (Abramowitz and Stegun, 26.2.14).
   */
  public static double logBelow(double z) {
    if (z > -FAR) {
      return Math.log(below(z));
    }
    var far = -z;
    var fraction = far;
    for (var term = FRACTIONS; term > 0; term--) {
      fraction = far + term / fraction;
    }
    return -0.5 * far * far - Math.log(fraction) - 0.5 * Math.log(2 * Math.PI);
  }
}
