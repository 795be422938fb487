package dev.headway.core.engine;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;

/**
 * Comparisons of jobs with the store, each shared by all who asked for it before it began: however
 * many come at once, they cost two reads. Thread-safe.
 */
final class Comparisons {
  /** The last comparison under a lock, which guards it. */
  private record Last(UUID job, long begun) {}

  private final ConcurrentHashMap<Lock, Last> last = new ConcurrentHashMap<>();
  private final AtomicLong moments = new AtomicLong();

  /** The present moment. */
  long moment() {
    return moments.incrementAndGet();
  }

  /**
   * Compares a job, unless a comparison of it has begun after a moment. Called under its lock.
   *
   * @param asked when the caller asked for it, from {@link #moment}
   */
  void compare(Lock lock, UUID job, long asked, Runnable comparison) {
    var before = last.get(lock);
    if (before == null || !before.job().equals(job) || before.begun() < asked) {
      var begun = moment();
      comparison.run();
      last.put(lock, new Last(job, begun));
    }
  }
}
