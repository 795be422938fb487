package dev.headway.filling.model;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Hours as whole microseconds, the unit in which every time of a plan is kept.
 *
 * <p>Sums and comparisons are therefore exact, and two planners agree on what is optimal. What a
 * duration has below one microsecond is dropped, so that lots which fill a window exactly still fit
 * it; a plan of 5,000 lots is off by at most 5 ms.
 */
public final class Micros {
  /** Microseconds in an hour. */
  public static final long PER_HOUR = 3_600_000_000L;

  /** So many decimals of an hour name each microsecond. */
  private static final int DECIMALS = 12;

  private static final BigDecimal FACTOR = BigDecimal.valueOf(PER_HOUR);

  private Micros() {}

  /**
   * The microseconds of a number of hours.
   *
   * @throws ArithmeticException when it does not fit a long (2.5 billion hours)
   */
  public static long ofHours(BigDecimal hours) {
    return hours.multiply(FACTOR).setScale(0, RoundingMode.FLOOR).longValueExact();
  }

  /** The hours of a number of microseconds, so many decimals that {@link #ofHours} undoes it. */
  public static BigDecimal inHours(long micros) {
    var exact =
        BigDecimal.valueOf(micros).divide(FACTOR, DECIMALS, RoundingMode.UP).stripTrailingZeros();
    return exact.scale() < 0 ? exact.setScale(0) : exact;
  }

  /** The microseconds of a whole number of hours. */
  public static long ofHours(long hours) {
    return Math.multiplyExact(hours, PER_HOUR);
  }

  /**
   * The microseconds that {@code vials} take at {@code vialsPerHour}, at least one.
   *
   * @throws ArithmeticException when it does not fit a long
   */
  public static long ofFilling(long vials, BigDecimal vialsPerHour) {
    var micros = BigDecimal.valueOf(vials).multiply(FACTOR);
    return Math.max(1, micros.divide(vialsPerHour, 0, RoundingMode.FLOOR).longValueExact());
  }

  /** The hours of a number of microseconds, as near as a double comes. */
  public static double toHours(long micros) {
    return (double) micros / PER_HOUR;
  }
}
