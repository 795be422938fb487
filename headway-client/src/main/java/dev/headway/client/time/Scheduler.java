package dev.headway.client.time;

import java.time.Duration;

/** Runs tasks later. Implementations are safe for use by any thread. */
@FunctionalInterface
public interface Scheduler {
  /**
   * Runs {@code task} once after {@code delay}. The task may block.
   *
   * @param delay from now; zero runs it as soon as possible, on another thread
   */
  Timer schedule(Duration delay, Runnable task);

  /** A task that is waiting for its time. */
  @FunctionalInterface
  interface Timer {
    /** A timer that has nothing to cancel. */
    Timer NONE = () -> {};

    /** Prevents the task from running if it has not begun; otherwise does nothing. */
    void cancel();
  }
}
