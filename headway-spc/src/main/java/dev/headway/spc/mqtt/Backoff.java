package dev.headway.spc.mqtt;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Pauses between tries, each twice as long as the one before. Used by one thread. */
final class Backoff {
  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Duration first;
  private final CountDownLatch closed;
  private Duration next;

  /**
   * @param first the first pause
   * @param closed ends every pause
   */
  Backoff(Duration first, CountDownLatch closed) {
    this.first = first;
    this.closed = closed;
    this.next = first;
  }

  /** Pauses; false when there is to be no further try. */
  boolean pause() throws InterruptedException {
    var now = next;
    var twice = now.multipliedBy(2);
    next = twice.compareTo(LONGEST) < 0 ? twice : LONGEST;
    return !closed.await(now.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** It went well: the next pause is the first again. */
  void reset() {
    next = first;
  }
}
