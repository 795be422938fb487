package dev.headway.core.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A signal to waiting workers that a job may have been queued. Thread-safe. */
public final class QueueSignal {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition raised = lock.newCondition();
  private long count;
  private int waiting;

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

  /** Wakes all waiting threads. */
  public void raise() {
    lock.lock();
    try {
      count++;
      raised.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Wakes the waiting threads, if there are any: a job may have been queued unnoticed. */
  void raiseIfAwaited() {
    lock.lock();
    try {
      if (waiting > 0) {
        raise();
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits for a signal after the {@code seen} first ones.
   *
   * @param patience the longest wait
   * @return what is left of it, by a clock that no step of the wall clock moves; zero or less when
   *     it has passed
   * @throws InterruptedException when interrupted
   */
  public Duration await(long seen, Duration patience) throws InterruptedException {
    lock.lock();
    waiting++;
    try {
      var left = patience.toNanos();
      while (count == seen && left > 0) {
        left = raised.awaitNanos(left);
      }
      return Duration.ofNanos(left);
    } finally {
      waiting--;
      lock.unlock();
    }
  }
}
