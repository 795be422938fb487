package dev.headway.spc.mqtt;

import dev.headway.server.limit.Backoff;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The pause before another try, twice as long after each failure in a row, up to a minute. Used by
 * one thread.
 */
final class RetryPause {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Backoff backoff;
  private final CountDownLatch closed;
  private int failures;

  /**
   * @param first the first pause; none is longer than a minute, unless this is
   * @param closed ends every pause
   */
  RetryPause(Duration first, CountDownLatch closed) {
    this.backoff = new Backoff(first, first.compareTo(LONGEST) < 0 ? LONGEST : first);
    this.closed = closed;
  }

  /** Pauses; returns whether there is to be another try. */
  boolean pause() throws InterruptedException {
    failures++;
    return !closed.await(backoff.limit(failures).toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Begins with the first pause again: a try went well. */
  void reset() {
    failures = 0;
  }
}
