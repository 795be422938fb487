package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;

/**
 * Told of every event of every job, after it was committed and published, in order for each job.
 * Called under the job's lock: must be quick and never block. What a listener throws is logged, and
 * the other listeners are told all the same.
 */
@FunctionalInterface
public interface JobListener {
  /** Something happened. */
  void happened(JobEvent event);

  /** An ended job was deleted, so nothing should show it any more. */
  default void deleted(Job job) {}
}
