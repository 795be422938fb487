package dev.headway.client.work;

import dev.headway.client.job.Job;

/** Tells a worker of a cancellation sooner than the answer to its next report does. */
@FunctionalInterface
public interface CancelWatch {
  /** Watches nothing: the answers to reports tell. */
  CancelWatch NONE = (job, onCancel) -> () -> {};

  /**
   * Begins to watch a job.
   *
   * @param onCancel run, perhaps more than once, when the job is to stop
   */
  Watching watch(Job job, Runnable onCancel);

  /** What ends the watching. */
  @FunctionalInterface
  interface Watching extends AutoCloseable {
    @Override
    void close();
  }
}
