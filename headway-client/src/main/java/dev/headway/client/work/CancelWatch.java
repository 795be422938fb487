package dev.headway.client.work;

import dev.headway.client.job.Job;

/**
 * A watch for cancellations, which reach a worker sooner this way than in the answer to its next
 * report.
 */
@FunctionalInterface
public interface CancelWatch {
  /** Watches nothing: the answers to reports tell. */
  CancelWatch NONE = (job, onCancel) -> () -> {};

  /**
   * Starts watching a job.
   *
   * @param onCancel run, perhaps more than once, when the job is to stop
   */
  Watching watch(Job job, Runnable onCancel);

  /** A running watch. */
  @FunctionalInterface
  interface Watching extends AutoCloseable {
    @Override
    void close();
  }
}
