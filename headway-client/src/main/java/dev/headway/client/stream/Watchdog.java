package dev.headway.client.stream;

import dev.headway.client.time.Scheduler.Timer;
import dev.headway.client.time.Timing;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * A watchdog over a connection. When it is silent for longer than the server's pings allow, a
 * request outside the connection verifies whether the connection or the server is gone. Confined to
 * the stream's loop.
 */
final class Watchdog {
  /** The watchdog's findings. */
  enum Finding {
    /** The connection has been silent for too long. */
    SUSPECTED,
    /** The server answers elsewhere, so it is the connection. */
    CONNECTION_DEAD,
    /** The server does not answer elsewhere either. */
    SERVER_AWAY
  }

  private static final Duration USUAL_PING = Duration.ofSeconds(25);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);

  private final Timing timing;
  private final Executor loop;
  private final BooleanSupplier serverAnswers;
  private Instant lastHeard = Instant.MIN;
  private Duration allowed = USUAL_PING;
  private Timer timer = Timer.NONE;
  private long round;

  /**
   * @param loop where findings are told
   * @param serverAnswers asks the server outside the connection; may block
   */
  Watchdog(Timing timing, Executor loop, BooleanSupplier serverAnswers) {
    this.timing = timing;
    this.loop = loop;
    this.serverAnswers = serverAnswers;
  }

  /**
   * Starts to watch over a connection.
   *
   * @param ping how often the server pings; zero when it does not
   */
  void start(Duration ping, Consumer<Finding> findings) {
    stop();
    allowed = (ping.isZero() ? USUAL_PING : ping).plus(PATIENCE);
    heard();
    check(round, findings);
  }

  /** Stops watching. */
  void stop() {
    round++;
    timer.cancel();
  }

  /** Notes that something arrived. */
  void heard() {
    lastHeard = timing.clock().instant();
  }

  private void later(Duration delay, long ofRound, Runnable task) {
    timer = timing.scheduler().schedule(delay, () -> loop.execute(() -> inRound(ofRound, task)));
  }

  private void inRound(long ofRound, Runnable task) {
    if (ofRound == round) {
      task.run();
    }
  }

  private void check(long ofRound, Consumer<Finding> findings) {
    var left = allowed.minus(Duration.between(lastHeard, timing.clock().instant()));
    if (left.compareTo(Duration.ZERO) > 0) {
      later(left, ofRound, () -> check(ofRound, findings));
      return;
    }
    findings.accept(Finding.SUSPECTED);
    var suspectedAt = timing.clock().instant();
    later(ANSWER_WITHIN, ofRound, () -> verify(suspectedAt, findings));
  }

  private void verify(Instant suspectedAt, Consumer<Finding> findings) {
    var ofRound = round;
    if (lastHeard.isAfter(suspectedAt)) {
      check(ofRound, findings);
      return;
    }
    // The question blocks, so it is asked off the loop.
    timer =
        timing
            .scheduler()
            .schedule(
                Duration.ZERO,
                () -> {
                  var finding =
                      serverAnswers.getAsBoolean() ? Finding.CONNECTION_DEAD : Finding.SERVER_AWAY;
                  loop.execute(() -> inRound(ofRound, () -> findings.accept(finding)));
                });
  }
}
