package dev.headway.client.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The waits between retries: full jitter, that is, uniformly spread between a floor and a ceiling
 * that doubles with every failure (Marc Brooker, "Exponential Backoff and Jitter", AWS Architecture
 * Blog, 2015). Not thread-safe.
 */
public final class Backoff {
  private static final int MOST_DOUBLINGS = 16;

  private final RandomGenerator random;
  private final Duration cap;
  private int failures;

  /**
   * @param cap the ceiling never rises above it
   */
  public Backoff(RandomGenerator random, Duration cap) {
    this.random = random;
    this.cap = cap;
  }

  /** Counts one more failure. */
  public void fail() {
    failures = Math.min(failures + 1, MOST_DOUBLINGS);
  }

  /** The number of failures in a row. */
  public int failures() {
    return failures;
  }

  /** Forgets the failures. */
  public void reset() {
    failures = 0;
  }

  /**
   * The next wait.
   *
   * @param floor the shortest wait
   * @param ceiling the longest wait after the first failure, at least {@code floor}
   */
  public Duration between(Duration floor, Duration ceiling) {
    var doubled = ceiling.multipliedBy(1L << Math.max(0, failures - 1));
    var longest = doubled.compareTo(cap) < 0 ? doubled : max(cap, ceiling);
    var spread = longest.minus(floor).toNanos();
    return spread <= 0 ? floor : floor.plusNanos(random.nextLong(spread + 1));
  }

  private static Duration max(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
