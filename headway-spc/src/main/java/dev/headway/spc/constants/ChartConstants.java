package dev.headway.spc.constants;

import dev.headway.spc.model.Subgroup;

/**
 * The constants of control charts for normally distributed measurements and subgroups of 2 to 25.
 *
 * <p>Let W be the range and S the sample standard deviation of n independent standard normal
 * values. Then d2 = E(W), d3 = sqrt(Var(W)) and c4 = E(S). Definitions: L. H. C. Tippett,
 * Biometrika 17 (1925) 364-387 for the range, ASTM Manual on Presentation of Data and Control Chart
 * Analysis (MNL 7) for what is derived. The numbers are exact to double precision, where printed
 * tables round to three or four digits; a test computes the integrals anew.
 *
 * @param n the subgroup's size
 * @param d2 the mean of the relative range
 * @param d3 the standard deviation of the relative range
 * @param c4 the mean of the relative sample standard deviation
 */
public record ChartConstants(int n, double d2, double d3, double c4) {
  /** The smallest subgroup that has a spread. */
  public static final int SMALLEST = 2;

  /** The largest subgroup covered. */
  public static final int LARGEST = Subgroup.MAX_SIZE;

  private static final double[] D2 = {
    1.128379167095512, 1.6925687506432687, 2.058750746007928, 2.3259289472810387,
    2.5344127212229433, 2.7043567512138087, 2.847200612090555, 2.9700263244184733,
    3.0775054616703454, 3.172872703816001, 3.2584552797438255, 3.335980354098254,
    3.4067631081999536, 3.4718268898820748, 3.5319827861095763, 3.587883961765381,
    3.6400637579374444, 3.6889630232076485, 3.73495011959664, 3.7783358298426206,
    3.819384643362832, 3.8583234232850057, 3.895348148451356, 3.9306292195071126
  };

  private static final double[] D3 = {
    0.8525024664274244, 0.8883680040452063, 0.8798082028249852, 0.8640819410995058,
    0.848039686117496, 0.8332053356222967, 0.8198314897919485, 0.8078342745533296,
    0.7970506735194174, 0.7873146205503316, 0.778478341203392, 0.7704162020637645,
    0.7630230956247949, 0.7562114297279511, 0.7499080894099225, 0.7440517839607445,
    0.7385908533781871, 0.7334814955188806, 0.7286863457073166, 0.7241733407175117,
    0.7199148084342422, 0.7158867354918352, 0.712068175147949, 0.7084407658886713
  };

  /* The standard deviation of the median of n independent standard normal values, n from 1. */
  private static final double[] MEDIAN = {
    1,
    0.707106781187,
    0.669829160753,
    0.546076568302,
    0.535568540541,
    0.463403351939,
    0.458744876313,
    0.410098591986,
    0.407555249463,
    0.371922620713,
    0.37035447014,
    0.342806340273,
    0.341758679489,
    0.319637037979,
    0.318895989448,
    0.300624696926,
    0.300077625667,
    0.28465505504,
    0.284237532841,
    0.270992612695,
    0.27066539304,
    0.259129337763,
    0.258867333328,
    0.248701295034,
    0.248487941426
  };

  private static final ChartConstants[] TABLE = table();

  /**
   * The standard deviation of the median of {@code n} independent standard normal values, from the
   * densities of order statistics; H. A. David, Order Statistics (1970), 2.1-2.2.
   *
   * @throws IllegalArgumentException unless n is 1 to 25
   */
  public static double medianDeviation(int n) {
    if (n < 1 || n > LARGEST) {
      throw new IllegalArgumentException("No constant of the median of " + n);
    }
    return MEDIAN[n - 1];
  }

  /**
   * The constants of subgroups of {@code n}.
   *
   * @throws IllegalArgumentException unless n is 2 to 25
   */
  public static ChartConstants of(int n) {
    if (n < SMALLEST || n > LARGEST) {
      throw new IllegalArgumentException(
          "No constants for n = " + n + "; they cover " + SMALLEST + " to " + LARGEST);
    }
    return TABLE[n - SMALLEST];
  }

  private static ChartConstants[] table() {
    var table = new ChartConstants[LARGEST - SMALLEST + 1];
    // c4 = sqrt(2 / (n - 1)) g(n) with g(n) = Gamma(n / 2) / Gamma((n - 1) / 2), and
    // Gamma(x + 1) = x Gamma(x) gives g(n + 1) = (n - 1) / 2 / g(n) from g(2) = 1 / sqrt(pi).
    var gammaRatio = 1 / Math.sqrt(Math.PI);
    for (var n = SMALLEST; n <= LARGEST; n++) {
      var row = n - SMALLEST;
      table[row] = new ChartConstants(n, D2[row], D3[row], Math.sqrt(2.0 / (n - 1)) * gammaRatio);
      gammaRatio = (n - 1) / 2.0 / gammaRatio;
    }
    return table;
  }

  /** The standard deviation of the relative sample standard deviation, sqrt(1 - c4²). */
  public double c5() {
    return Math.sqrt(1 - c4 * c4);
  }

  /** Half width of the mean's limits in mean ranges: 3 / (d2 sqrt(n)). */
  public double a2() {
    return 3 / (d2 * Math.sqrt(n));
  }

  /** Half width of the mean's limits in mean standard deviations: 3 / (c4 sqrt(n)). */
  public double a3() {
    return 3 / (c4 * Math.sqrt(n));
  }

  /** Half width of the limits of individual values in mean ranges: 3 / d2. */
  public double e2() {
    return 3 / d2;
  }

  /** Lower limit of the range in mean ranges, known as D3, not below 0: 1 - 3 d3 / d2. */
  public double lowerRange() {
    return Math.max(0, 1 - 3 * d3 / d2);
  }

  /** Upper limit of the range in mean ranges, known as D4: 1 + 3 d3 / d2. */
  public double upperRange() {
    return 1 + 3 * d3 / d2;
  }

  /** Lower limit of s in mean standard deviations, not below 0: 1 - 3 c5 / c4. */
  public double b3() {
    return Math.max(0, 1 - 3 * c5() / c4);
  }

  /** Upper limit of s in mean standard deviations: 1 + 3 c5 / c4. */
  public double b4() {
    return 1 + 3 * c5() / c4;
  }

  /** Lower limit of s in known standard deviations, not below 0: c4 - 3 c5. */
  public double b5() {
    return Math.max(0, c4 - 3 * c5());
  }

  /** Upper limit of s in known standard deviations: c4 + 3 c5. */
  public double b6() {
    return c4 + 3 * c5();
  }
}
