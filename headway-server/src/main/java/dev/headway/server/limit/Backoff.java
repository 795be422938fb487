package dev.headway.server.limit;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The waits between attempts, under a limit that doubles with every failure. With full jitter a
 * wait is uniform between 0 and the limit, as in "Exponential Backoff And Jitter" (M. Brooker, AWS
 * Architecture Blog, 2015).
 *
 * @param base the limit after the first failure
 * @param most the largest limit
 */
public record Backoff(Duration base, Duration most) {
  private static final int MOST_DOUBLINGS = 20;

  /** Requires positive limits. */
  public Backoff {
    if (!base.isPositive() || most.compareTo(base) < 0) {
      throw new IllegalArgumentException(
          "The base (%s) must be positive and at most %s".formatted(base, most));
    }
  }

  /**
   * The limit of the wait after failures in a row.
   *
   * @param failures the number of failures, from 1
   */
  public Duration limit(int failures) {
    var doubled = base.multipliedBy(1L << Math.min(failures - 1, MOST_DOUBLINGS));
    return doubled.compareTo(most) < 0 ? doubled : most;
  }

  /**
   * A wait with full jitter after failures in a row.
   *
   * @param failures the number of failures, from 1
   */
  public Duration jittered(int failures, RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(limit(failures).toMillis() + 1));
  }
}
