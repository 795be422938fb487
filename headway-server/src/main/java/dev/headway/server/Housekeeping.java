package dev.headway.server;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Everything that a server does by the clock, on two threads of its own, so that one slow duty does
 * not hold up the others for long. A duty that fails is logged and done again next time.
 */
final class Housekeeping {
  private static final Logger LOG = LoggerFactory.getLogger(Housekeeping.class);

  private final ScheduledExecutorService executor =
      Executors.newScheduledThreadPool(
          2, Thread.ofPlatform().name("headway-housekeeping-", 0).daemon().factory());

  /** Does something again and again, with a pause in between. */
  void every(Duration pause, String name, Runnable duty) {
    ScheduledFuture<?> _ =
        executor.scheduleWithFixedDelay(
            () -> attempt(name, duty), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  private static void attempt(String name, Runnable duty) {
    try {
      duty.run();
    } catch (RuntimeException failure) {
      LOG.warn("The duty {} failed; it will be done again", name, failure);
    }
  }

  /** Stops; a duty that is being done is finished first. */
  void close() {
    executor.close();
  }
}
