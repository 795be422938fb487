package dev.headway.core.job;

import java.time.Duration;

/**
 * The rate at which jobs of a queue may begin: at most so many in any period, evenly spaced.
 *
 * @param starts from 1
 * @param period longer than zero
 */
public record StartRate(int starts, Duration period) {
  /** The time from one start to the next, to the microsecond, rounded up. */
  public Duration spacing() {
    var micros = period.toNanos() / 1_000;
    return Duration.ofNanos(Math.ceilDiv(micros, starts) * 1_000);
  }
}
