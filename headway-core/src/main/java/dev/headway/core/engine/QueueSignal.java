package dev.headway.core.engine;

import dev.headway.core.port.JobStore.Waiting;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A signal to waiting workers that a job may have been queued. Of those who wait for the same jobs
 * it wakes the one who has waited longest: whoever takes a job then {@linkplain #next wakes the
 * next}, and whoever finds none lets the others sleep, who would find none either. Thread-safe.
 */
public final class QueueSignal {
  private final ReentrantLock lock = new ReentrantLock();

  // Guarded by the lock.
  private final Map<Waiting, Deque<Waiter>> waiters = new LinkedHashMap<>();
  private long count;

  /** A thread that waits, until it is woken. */
  private static final class Waiter {
    private final Condition changed;
    private boolean woken;

    Waiter(Condition changed) {
      this.changed = changed;
    }
  }

  /**
   * The number of signals so far. Read it before looking for work, and pass it to {@link #await}.
   */
  public long count() {
    lock.lock();
    try {
      return count;
    } finally {
      lock.unlock();
    }
  }

  /** Wakes a worker of each kind: there may be a job in any queue. */
  public void raise() {
    lock.lock();
    try {
      count++;
      waiters.values().forEach(QueueSignal::wakeFirst);
    } finally {
      lock.unlock();
    }
  }

  /** Wakes a worker of each kind that waits for jobs of a queue. */
  void raise(String queue) {
    lock.lock();
    try {
      count++;
      waiters.forEach((query, waiting) -> {
        if (query.queue().equals(queue)) {
          wakeFirst(waiting);
        }
      });
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the waiting threads, if there are any: a job may have been queued unnoticed. */
  void raiseIfAwaited() {
    lock.lock();
    try {
      if (!waiters.isEmpty()) {
        raise();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Wakes one more of those who wait for the same jobs: called by whoever has taken one, since
   * there may be more, and by whoever was woken and looks for none after all.
   */
  public void next(Waiting query) {
    lock.lock();
    try {
      var same = waiters.get(query);
      if (same != null) {
        wakeFirst(same);
      }
    } finally {
      lock.unlock();
    }
  }

  private static void wakeFirst(Deque<Waiter> waiting) {
    for (var waiter : waiting) {
      if (!waiter.woken) {
        waiter.woken = true;
        waiter.changed.signal();
        return;
      }
    }
  }

  /**
   * Waits for a signal after the {@code seen} first ones. Whoever was woken looks for work, or
   * {@linkplain #next wakes another}.
   *
   * @param query the jobs that are waited for
   * @param patience the longest wait
   * @return what is left of it, by a clock that no step of the wall clock moves; zero or less when
   *     it has passed
   * @throws InterruptedException when interrupted
   */
  public Duration await(Waiting query, long seen, Duration patience) throws InterruptedException {
    lock.lock();
    try {
      return count == seen ? sleep(query, patience) : patience;
    } finally {
      lock.unlock();
    }
  }

  private Duration sleep(Waiting query, Duration patience) throws InterruptedException {
    var waiter = new Waiter(lock.newCondition());
    waiters.computeIfAbsent(query, _ -> new ArrayDeque<>()).addLast(waiter);
    var slept = false;
    try {
      var left = patience.toNanos();
      while (!waiter.woken && left > 0) {
        left = waiter.changed.awaitNanos(left);
      }
      slept = true;
      return Duration.ofNanos(left);
    } finally {
      leave(query, waiter);
      if (waiter.woken && !slept) { // interrupted
        next(query);
      }
    }
  }

  private void leave(Waiting query, Waiter waiter) {
    waiters.computeIfPresent(
        query,
        (_, same) -> {
          same.remove(waiter);
          return same.isEmpty() ? null : same;
        });
  }
}
