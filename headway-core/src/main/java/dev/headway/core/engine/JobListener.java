package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;

/**
 * A listener to every event of every job, after it was committed and published, in order for each
 * job. Called under the job's lock: must be quick and never block. An exception is logged, and the
 * other listeners are told all the same.
 */
@FunctionalInterface
public interface JobListener {
  /** Receives an event. */
  void happened(JobEvent event);

  /** An ended job was deleted, so nothing should show it any more. */
  default void deleted(Job job) {}
}
