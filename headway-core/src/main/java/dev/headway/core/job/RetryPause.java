package dev.headway.core.job;

import java.time.Duration;
import java.util.UUID;

/**
 * The pauses between attempts that failed: exponential, from {@code first} by {@code factor}, each
 * longer by up to a quarter that differs between jobs, so that jobs which failed together are not
 * tried again together.
 *
 * @param first the pause after the first failure
 * @param factor from 1
 * @param longest the longest pause, without what differs between jobs
 */
public record RetryPause(Duration first, double factor, Duration longest) {
  /** 1 s, doubled after each failure up to 100 s. */
  public static final RetryPause DEFAULT =
      new RetryPause(Duration.ofSeconds(1), 2, Duration.ofSeconds(100));

  private static final double SPREAD = 0.25;

  /**
   * The pause after a failure.
   *
   * @param failures the number of failures so far, from 1
   * @param job whose share of the spread its id decides
   */
  public Duration after(int failures, UUID job) {
    double most = longest.toMillis();
    var ideal = first.toMillis() * Math.pow(factor, failures - 1.0);
    var share =
        Math.floorMod(job.getLeastSignificantBits() ^ failures * 0x9E3779B97F4A7C15L, 1_000);
    return Duration.ofMillis(Math.round(Math.min(ideal, most) * (1 + SPREAD * share / 1_000)));
  }
}
