package dev.headway.store;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A fixed number of platform threads that call JDBC, because drivers may pin the carrier of a
 * virtual thread. Safe for use by any thread.
 */
final class JdbcThreads implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration QUEUE_PATIENCE = Duration.ofSeconds(10);

  private final ThreadPoolExecutor threads;

  JdbcThreads(String name, int count) {
    var queue = new LinkedBlockingQueue<Runnable>();
    threads = new ThreadPoolExecutor(count, count, 0, TimeUnit.SECONDS, queue, new Named(name));
  }

  /**
   * Does work on one of the threads and waits for its answer, whatever interrupts the caller.
   *
   * @throws HeadwayException UNAVAILABLE when no thread is free for it in time
   */
  <T extends @Nullable Object> T call(Supplier<T> work) {
    var call = new Call<>(work);
    execute(call);
    call.giveUpUnlessBegun();
    return await(call.answer);
  }

  /** The present work of the threads. */
  Database.Load load() {
    return new Database.Load(
        threads.getMaximumPoolSize(), threads.getActiveCount(), threads.getQueue().size());
  }

  /** Does work on one of the threads, some time. */
  void execute(Runnable work) {
    requireOutside();
    try {
      threads.execute(work);
    } catch (RejectedExecutionException e) {
      throw new HeadwayException(ErrorCode.UNAVAILABLE, "The database has been closed", e);
    }
  }

  /* Otherwise all threads could end up waiting for each other. */
  static void requireOutside() {
    if (Thread.currentThread() instanceof JdbcThread) {
      throw new IllegalStateException("Work on the database must use the handle it was given");
    }
  }

  /** The answer, once it is there. */
  static <T extends @Nullable Object> T await(CompletableFuture<T> answer) {
    try {
      return answer.join();
    } catch (CompletionException e) {
      var cause = e.getCause();
      throw Failures.translated(cause == null ? e : cause);
    }
  }

  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** Work that is given up while it waits for a thread, and not once it has begun. */
  private static final class Call<T extends @Nullable Object> implements Runnable {
    private final Supplier<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final AtomicBoolean taken = new AtomicBoolean();

    Call(Supplier<T> work) {
      this.work = work;
    }

    @Override
    public void run() {
      if (!taken.compareAndSet(false, true)) {
        return;
      }
      begun.countDown();
      try {
        answer.complete(work.get());
      } catch (Throwable failure) {
        answer.completeExceptionally(failure);
      }
    }

    void giveUpUnlessBegun() {
      if (!begunInTime() && taken.compareAndSet(false, true)) {
        throw new HeadwayException(
            ErrorCode.UNAVAILABLE, "The database is too busy; try again later");
      }
    }

    /* An interrupted caller waits no longer than one that is not: its interrupt is kept. */
    private boolean begunInTime() {
      var interrupted = false;
      try {
        while (true) {
          try {
            return begun.await(QUEUE_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
          } catch (InterruptedException _) {
            interrupted = true;
          }
        }
      } finally {
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  private static final class JdbcThread extends Thread {
    JdbcThread(Runnable work, String name) {
      super(work, name);
      setDaemon(true);
    }
  }

  private static final class Named implements ThreadFactory {
    private final String name;
    private final AtomicInteger count = new AtomicInteger();

    Named(String name) {
      this.name = name;
    }

    @Override
    public Thread newThread(Runnable work) {
      return new JdbcThread(work, name + "-" + count.incrementAndGet());
    }
  }
}
