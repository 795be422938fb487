package dev.headway.core.bus;

import dev.headway.core.topic.TopicName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The rings that wait for being sent, at most one a topic. Safe for use by any thread; one takes.
 */
final class Outbox {
  private final int capacity;
  private final LongSupplier nanos;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final LinkedHashMap<TopicName, Ring> waiting = new LinkedHashMap<>();
  private boolean open;
  private boolean overflowed;
  private boolean woken;

  /**
   * @param capacity topics that wait at most
   * @param nanos a clock that never goes back
   */
  Outbox(int capacity, LongSupplier nanos) {
    this.capacity = capacity;
    this.nanos = nanos;
  }

  /** Takes rings from now on, or leaves them out: the others are told to read again. */
  void open(boolean on) {
    lock.lock();
    try {
      open = on;
      waiting.clear();
    } finally {
      lock.unlock();
    }
  }

  void add(Ring ring) {
    lock.lock();
    try {
      if (!open) {
        return;
      }
      waiting.merge(ring.topic(), ring, Ring::joined);
      if (waiting.size() > capacity) {
        waiting.clear();
        overflowed = true;
      }
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Lets the present or next {@link #take} return at once. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      changed.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Whether rings were dropped since the last call. */
  boolean overflowed() {
    lock.lock();
    try {
      var since = overflowed;
      overflowed = false;
      return since;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes all rings, once there are any.
   *
   * @param earliest not before this time
   * @param latest the time to return even without any
   */
  List<Ring> take(long earliest, long latest) throws InterruptedException {
    lock.lock();
    try {
      for (var left = untilTake(earliest, latest); left > 0; left = untilTake(earliest, latest)) {
        changed.awaitNanos(left);
      }
      woken = false;
      var taken = List.copyOf(waiting.values());
      waiting.clear();
      return taken;
    } finally {
      lock.unlock();
    }
  }

  private long untilTake(long earliest, long latest) {
    if (woken) {
      return 0;
    }
    return (waiting.isEmpty() && !overflowed ? latest : earliest) - nanos.getAsLong();
  }
}
