package dev.headway.client.job;

import java.time.Duration;

/**
 * The rate at which jobs of a queue may begin: at most so many in any so many seconds, evenly
 * spaced.
 *
 * @param starts from 1
 * @param seconds above 0
 */
public record StartRate(int starts, double seconds) {
  /** So many in a period, exact to the millisecond. */
  public static StartRate of(int starts, Duration period) {
    return new StartRate(starts, period.toMillis() / 1000.0);
  }
}
