package dev.headway.core.engine;

import dev.headway.core.job.Checkpoint;
import dev.headway.core.port.JobStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stores the checkpoints of workers: of each job the newest, at most one a second, and the last one
 * before its attempt ends. Safe for use by any thread.
 */
final class CheckpointWriter {
  private static final Duration PACE = Duration.ofSeconds(1);
  private static final int BATCH = 100;

  private final ConcurrentHashMap<UUID, Checkpoint> waiting = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<UUID, Instant> stored = new ConcurrentHashMap<>();
  private final JobStore store;
  private final InstantSource clock;

  CheckpointWriter(JobStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Takes a checkpoint, to be stored soon. Called under the job's lock. */
  void add(Checkpoint checkpoint) {
    waiting.put(checkpoint.job(), checkpoint);
  }

  /** Stores those whose job has had none stored for a second; returns how many. */
  int flush() {
    var rested = clock.instant().minus(PACE);
    stored.values().removeIf(at -> !at.isAfter(rested));
    return write(
        waiting.values().stream().filter(next -> !stored.containsKey(next.job())).toList());
  }

  /** Stores all; returns how many. */
  int flushAll() {
    return write(List.copyOf(waiting.values()));
  }

  /** Stores the one of a job whose attempt ends. Called under the job's lock. */
  void settle(UUID job) {
    var last = waiting.get(job);
    if (last != null) {
      write(List.of(last));
    }
  }

  /** Drops the one of a job that ends. Called under the job's lock. */
  void drop(UUID job) {
    waiting.remove(job);
  }

  /** The newest checkpoint of a job, stored or not; empty when it has none. */
  Optional<Checkpoint> of(UUID job) {
    return Optional.ofNullable(waiting.get(job)).or(() -> store.kept(job));
  }

  private int write(List<Checkpoint> all) {
    for (var from = 0; from < all.size(); from += BATCH) {
      var batch = new ArrayList<>(all.subList(from, Math.min(all.size(), from + BATCH)));
      store.keep(batch);
      var now = clock.instant();
      for (var checkpoint : batch) { // unless a newer one came meanwhile
        stored.put(checkpoint.job(), now);
        waiting.remove(checkpoint.job(), checkpoint);
      }
    }
    return all.size();
  }
}
