package dev.headway.testkit.net;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** The faults of the network at the moment. Safe for use by any thread. */
final class Faults {
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private Duration delay = Duration.ZERO;
  private long bytesPerSecond = Long.MAX_VALUE;
  private boolean stalled;
  private boolean refusing;
  private long untilCut = Long.MAX_VALUE;

  void delay(Duration time) {
    change(() -> delay = time);
  }

  void throttle(long rate) {
    if (rate < 1) {
      throw new IllegalArgumentException("The rate (%d) must be above 0".formatted(rate));
    }
    change(() -> bytesPerSecond = rate);
  }

  void stall(boolean on) {
    change(() -> stalled = on);
  }

  void refuse(boolean on) {
    change(() -> refusing = on);
  }

  void cutAfter(long bytes) {
    change(() -> untilCut = bytes);
  }

  boolean refusing() {
    lock.lock();
    try {
      return refusing;
    } finally {
      lock.unlock();
    }
  }

  private void change(Runnable change) {
    lock.lock();
    try {
      change.run();
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** How many bytes to take at a time, so that a throttled connection flows evenly. */
  int portion(int most) {
    lock.lock();
    try {
      return Math.clamp(bytesPerSecond / 20, 1, most);
    } finally {
      lock.unlock();
    }
  }

  /** Waits as long as {@code bytes} are to be held back. */
  void pass(int bytes) throws InterruptedException {
    lock.lock();
    try {
      var nanos = delay.toNanos();
      if (bytesPerSecond != Long.MAX_VALUE) {
        nanos += TimeUnit.SECONDS.toNanos(bytes) / bytesPerSecond;
      }
      while (stalled || nanos > 0) {
        if (stalled) {
          changed.await();
        } else {
          nanos = changed.awaitNanos(nanos);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** Counts bytes from the server and says how many of them may still pass. */
  int allowed(int bytes) {
    lock.lock();
    try {
      var allowed = (int) Math.min(bytes, untilCut);
      if (untilCut != Long.MAX_VALUE) {
        untilCut -= allowed;
      }
      if (allowed < bytes) {
        untilCut = Long.MAX_VALUE;
      }
      return allowed;
    } finally {
      lock.unlock();
    }
  }
}
