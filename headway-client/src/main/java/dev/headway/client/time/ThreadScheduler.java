package dev.headway.client.time;

import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A scheduler on one daemon timer thread that hands every task to a thread of its own, so that a
 * task that blocks delays no other.
 */
public final class ThreadScheduler implements Scheduler, AutoCloseable {
  private final ExecutorService workers =
      Executors.newCachedThreadPool(task -> daemon(task, "headway-worker"));
  private final ScheduledExecutorService timer;

  /** Starts the timer thread. */
  public ThreadScheduler() {
    var pool = new ScheduledThreadPoolExecutor(1, task -> daemon(task, "headway-timer"));
    pool.setRemoveOnCancelPolicy(true);
    this.timer = pool;
  }

  private static Thread daemon(Runnable task, String name) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public Timer schedule(Duration delay, Runnable task) {
    if (timer.isShutdown()) {
      return Timer.NONE;
    }
    if (delay.isZero()) {
      workers.execute(task);
      return Timer.NONE;
    }
    var pending =
        timer.schedule(() -> workers.execute(task), delay.toNanos(), TimeUnit.NANOSECONDS);
    return () -> pending.cancel(false);
  }

  /** Drops what is waiting and lets what runs come to its end by itself. */
  @Override
  public void close() {
    timer.shutdownNow();
    workers.shutdown();
  }
}
