package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.port.JobStore;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Progress that is published but not yet stored. Each job has at most one entry, the newest, so a
 * flood of reports costs one write per job and tick. Safe for use by any thread.
 */
public final class Checkpoints {
  private static final int BATCH = 500;

  private final ConcurrentHashMap<UUID, Job> dirty = new ConcurrentHashMap<>();
  private final ReentrantLock flushing = new ReentrantLock();
  private final JobStore store;

  /** Checkpoints into {@code store}. */
  public Checkpoints(JobStore store) {
    this.store = store;
  }

  void add(Job job) {
    dirty.put(job.id(), job);
  }

  void stored(Job job) {
    dirty.remove(job.id());
  }

  /**
   * Writes what is not yet stored; returns how many jobs that were. What could not be written stays
   * for the next time.
   */
  public int flush() {
    flushing.lock(); // two flushes at once could write an older entry after a newer one
    try {
      var all = List.copyOf(dirty.values());
      for (var from = 0; from < all.size(); from += BATCH) {
        write(all.subList(from, Math.min(all.size(), from + BATCH)));
      }
      return all.size();
    } finally {
      flushing.unlock();
    }
  }

  private void write(List<Job> batch) {
    store.checkpoint(batch);
    batch.forEach(job -> dirty.remove(job.id(), job)); // unless a newer one came meanwhile
  }

  /** The number of jobs with progress that is not yet stored. */
  public int pending() {
    return dirty.size();
  }
}
