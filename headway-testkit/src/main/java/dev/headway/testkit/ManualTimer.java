package dev.headway.testkit;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tasks for later that run when the test says so, in the test's own thread, in the order of their
 * times. Any scheduling interface adapts to it with a lambda. Safe for use by any thread.
 */
public final class ManualTimer {
  private record Task(Instant due, long number, Runnable action) {}

  private final ManualClock clock;
  private final List<Task> tasks = new ArrayList<>();
  private long scheduled;

  /** Goes by {@code clock}, and moves it when told to {@link #advance}. */
  public ManualTimer(ManualClock clock) {
    this.clock = clock;
  }

  /**
   * Keeps a task for later, also when the delay is zero.
   *
   * @return cancels the task if it has not run
   */
  public synchronized Runnable schedule(Duration delay, Runnable action) {
    var task = new Task(clock.instant().plus(delay), scheduled++, action);
    tasks.add(task);
    return () -> cancel(task);
  }

  private synchronized void cancel(Task task) {
    tasks.remove(task);
  }

  /** Runs everything that is due now, and what becomes due by it. */
  public void runDue() {
    for (var task = takeDue(clock.instant()); task != null; task = takeDue(clock.instant())) {
      task.action().run();
    }
  }

  /** Moves the clock on, and runs each task on the way at its own time. */
  public void advance(Duration step) {
    var end = clock.instant().plus(step);
    for (var task = takeDue(end); task != null; task = takeDue(end)) {
      if (task.due().isAfter(clock.instant())) {
        clock.advance(Duration.between(clock.instant(), task.due()));
      }
      task.action().run();
    }
    clock.advance(Duration.between(clock.instant(), end));
  }

  /** How many tasks wait. */
  public synchronized int waiting() {
    return tasks.size();
  }

  /**
   * The time until the next task.
   *
   * @throws IllegalStateException when none waits
   */
  public synchronized Duration untilNext() {
    return tasks.stream()
        .map(task -> Duration.between(clock.instant(), task.due()))
        .min(Comparator.naturalOrder())
        .orElseThrow(() -> new IllegalStateException("No task waits"));
  }

  private synchronized @Nullable Task takeDue(Instant now) {
    var next =
        tasks.stream()
            .filter(task -> !task.due().isAfter(now))
            .min(Comparator.comparing(Task::due).thenComparingLong(Task::number))
            .orElse(null);
    tasks.remove(next);
    return next;
  }
}
