package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.port.JobStore;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Progress that is published but not yet stored. Each job has at most one entry, the newest, so a
 * flood of reports costs one write per job and tick. Safe for use by any thread.
 */
public final class Checkpoints {
  private static final int BATCH = 500;

  private final ConcurrentHashMap<UUID, Job> dirty = new ConcurrentHashMap<>();
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

  /** Writes what is not yet stored; returns how many jobs that were. */
  public int flush() {
    var batch = new ArrayList<Job>();
    for (var id : List.copyOf(dirty.keySet())) {
      var job = dirty.remove(id);
      if (job != null) {
        batch.add(job);
      }
    }
    for (var from = 0; from < batch.size(); from += BATCH) {
      store.checkpoint(batch.subList(from, Math.min(batch.size(), from + BATCH)));
    }
    return batch.size();
  }

  /** How many jobs have progress that is not yet stored. */
  public int pending() {
    return dirty.size();
  }
}
