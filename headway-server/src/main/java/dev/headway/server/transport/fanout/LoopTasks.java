package dev.headway.server.transport.fanout;

import io.netty.channel.EventLoop;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tasks for event loops from threads that may outlive them: requests, sessions' actions and topics
 * go on for a moment when a server closes. A task that comes after its loop's end is dropped, since
 * the connections that it is for are gone. Thread-safe.
 */
public final class LoopTasks {
  private LoopTasks() {}

  /** Runs a task on a loop, unless the loop has ended. */
  public static void execute(EventLoop loop, Runnable task) {
    try {
      loop.execute(task);
    } catch (RejectedExecutionException e) {
      rethrowUnlessEnded(loop, e);
    }
  }

  /** Runs a task on a loop after a delay in milliseconds; null when the loop has ended. */
  public static @Nullable Future<?> schedule(EventLoop loop, Runnable task, long delay) {
    try {
      return loop.schedule(task, delay, TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      rethrowUnlessEnded(loop, e);
      return null;
    }
  }

  private static void rethrowUnlessEnded(EventLoop loop, RejectedExecutionException e) {
    if (!loop.isShutdown()) {
      throw e;
    }
  }
}
