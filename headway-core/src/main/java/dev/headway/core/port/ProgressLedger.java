package dev.headway.core.port;

import dev.headway.core.job.Job;
import dev.headway.core.job.Progress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A ledger of the newest report of each running job: a report that was accepted but not yet stored
 * survives a kill of the process. One entry a job; to write one costs no input or output that the
 * caller waits for. Callers write one job's entries one after the other; otherwise safe for use by
 * any thread.
 */
public interface ProgressLedger {
  /** No ledger: a killed process takes along what it had not stored. */
  ProgressLedger NONE =
      new ProgressLedger() {
        @Override
        public void write(Job job) {}

        @Override
        public void erase(UUID job) {}

        @Override
        public List<Entry> left() {
          return List.of();
        }
      };

  /** Writes a job's report in place of an earlier one; does nothing when it is too large. */
  void write(Job job);

  /** Erases a job's report, which has been stored. */
  void erase(UUID job);

  /** The reports that an earlier process left; read once, before anything is written. */
  List<Entry> left();

  /**
   * A report.
   *
   * @param version of the job, so that a report of an earlier attempt is known
   * @param reports how many reports of the job there were with it; 0 when unknown
   * @param leaseExpiresAt when the lease ends that it renewed
   * @param at when it was accepted
   */
  record Entry(
      UUID job, long version, long reports, Progress progress, Instant leaseExpiresAt, Instant at) {
    /**
     * The job with this report, for those who have been shown {@code known}; empty when it tells
     * them nothing, because they were shown as many reports, or is of another attempt.
     */
    public Optional<Job> of(Job known) {
      return Optional.of(known)
          .filter(job -> job.version() == version && reports >= job.position().reports())
          .map(job -> job.withReport(progress, leaseExpiresAt, at, reports))
          .filter(next -> JobStore.Mark.of(next).newerThan(known))
          .map(next -> next.after(known));
    }
  }
}
