package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.ProgressLedger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Writes progress to the store a few times a second. What is {@linkplain #add added} is published
 * already: each job has at most one entry, the newest, so a flood of reports costs one write per
 * job and tick; until then the {@link ProgressLedger} has it. What must be stored first is
 * {@linkplain #store stored} at once. Safe for use by any thread.
 */
public final class ProgressWriter {
  private static final int BATCH = 500;

  private final ConcurrentHashMap<UUID, Job> dirty = new ConcurrentHashMap<>();
  private final ReentrantLock flushing = new ReentrantLock();
  private final ConcurrentLinkedQueue<Arrival> arriving = new ConcurrentLinkedQueue<>();
  private final ReentrantLock storing = new ReentrantLock();
  private final JobStore store;
  private final ProgressLedger ledger;
  private final JobRings rings;

  /** A writer into {@code store}. */
  ProgressWriter(JobStore store, ProgressLedger ledger, JobRings rings) {
    this.store = store;
    this.ledger = ledger;
    this.rings = rings;
  }

  /** Takes progress that is published, to be stored soon. */
  void add(Job job) {
    dirty.compute(
        job.id(),
        (_, _) -> {
          ledger.write(job);
          return job;
        });
  }

  /** Drops the progress of a job that has been stored. */
  void drop(Job job) {
    dirty.computeIfPresent(job.id(), (_, _) -> erase(job));
  }

  private @Nullable Job erase(Job job) {
    ledger.erase(job.id());
    return null;
  }

  /**
   * Stores the reports that a killed process left in the ledger; returns how many jobs' progress
   * they moved. To be called before anything else.
   */
  public int recover() {
    var left = ledger.left();
    var later = left.stream().flatMap(entry -> later(entry).stream()).toList();
    for (var from = 0; from < later.size(); from += BATCH) {
      store.storeProgress(later.subList(from, Math.min(later.size(), from + BATCH)));
    }
    left.forEach(entry -> ledger.erase(entry.job()));
    return later.size();
  }

  private Optional<Job> later(ProgressLedger.Entry entry) {
    return store
        .find(entry.job())
        .filter(
            job -> job.version() == entry.version() && entry.at().isAfter(job.times().updated()))
        .map(job ->
            job.withReport(entry.progress(), entry.leaseExpiresAt(), entry.at(), entry.reports()));
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
    store.storeProgress(batch);
    batch.forEach(rings::progressStored);
    for (var job : batch) { // unless a newer one came meanwhile
      dirty.computeIfPresent(job.id(), (_, newest) -> newest.equals(job) ? erase(job) : newest);
    }
  }

  /**
   * Stores a job's progress in one write with all that comes meanwhile.
   *
   * @return false when nothing was stored, because another node had come first
   */
  boolean store(Job job) {
    var own = new Arrival(job);
    arriving.add(own);
    storing.lock();
    try {
      while (!own.answered) {
        storeSome();
      }
    } finally {
      storing.unlock();
    }
    return own.stored();
  }

  private void storeSome() {
    var batch = new ArrayList<Arrival>();
    for (var next = arriving.poll(); next != null; next = arriving.poll()) {
      batch.add(next);
      if (batch.size() == BATCH) {
        break;
      }
    }
    try {
      var skipped = store.storeProgress(batch.stream().map(arrival -> arrival.job).toList());
      batch.forEach(arrival -> arrival.answer(!skipped.contains(arrival.job.id()), null));
    } catch (RuntimeException failure) {
      batch.forEach(arrival -> arrival.answer(false, failure));
    } catch (Error failure) {
      batch.forEach(arrival -> arrival.answer(false, new IllegalStateException(failure)));
      throw failure;
    }
  }

  /** Progress that waits to be stored; guarded by the lock of those who store. */
  private final class Arrival {
    private final Job job;
    private boolean answered;
    private boolean written;
    private @Nullable RuntimeException failure;

    Arrival(Job job) {
      this.job = job;
    }

    void answer(boolean asWritten, @Nullable RuntimeException asFailed) {
      answered = true;
      written = asWritten;
      failure = asFailed;
    }

    boolean stored() {
      if (failure != null) {
        throw failure;
      }
      if (written) {
        ProgressWriter.this.drop(job);
        rings.progressStored(job);
      }
      return written;
    }
  }

  /** The number of jobs with progress that is not yet stored. */
  public int pending() {
    return dirty.size();
  }
}
