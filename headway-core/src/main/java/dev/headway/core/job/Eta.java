package dev.headway.core.job;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

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

  /**
   * The same estimate after a time without a report: the end that it promised comes nearer, the
   * latest end stays as far away; null once that has passed, too.
   */
  public @Nullable Eta after(Duration silence) {
    var passed = Math.max(0, silence.toMillis() / 1_000.0);
    return passed > high
        ? null
        : new Eta(Math.max(0, seconds - passed), Math.max(0, low - passed), high);
  }
}
