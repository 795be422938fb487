package dev.headway.core.job;

/**
 * The time left, as an interval.
 *
 * @param seconds the estimate, not negative
 * @param low the lower end, at most {@code seconds}
 * @param high the upper end, at least {@code seconds}
 */
public record Eta(double seconds, double low, double high) {
  /** Rejects an interval that does not contain its estimate. */
  public Eta {
    if (!(0 <= low && low <= seconds && seconds <= high)) {
      throw new IllegalArgumentException(
          "The eta (%s) must lie within 0 <= low (%s) and high (%s)".formatted(seconds, low, high));
    }
  }
}
