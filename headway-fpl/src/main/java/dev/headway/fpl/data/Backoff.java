package dev.headway.fpl.data;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Waiting times between attempts: exponential with full jitter, as in "Exponential Backoff And
 * Jitter" (M. Brooker, AWS Architecture Blog, 2015): uniform between 0 and the doubling limit.
 *
 * @param base limit before the second attempt
 * @param most largest limit
 */
public record Backoff(Duration base, Duration most) {
  /** Requires positive limits. */
  public Backoff {
    if (!base.isPositive() || most.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "The base (%s) must be positive and at most %s".formatted(base, most));
    }
  }

  /**
   * How long to wait after a failed attempt.
   *
   * @param attempt 1 for the first
   */
  Duration after(int attempt, RandomGenerator random) {
    long limit =
        Math.min(most.toMillis(), base.toMillis() << Math.min(attempt - 1, Integer.SIZE / 2));
    return Duration.ofMillis(random.nextLong(limit + 1));
  }
}
