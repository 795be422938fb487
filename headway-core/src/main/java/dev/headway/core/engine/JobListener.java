package dev.headway.core.engine;

import dev.headway.core.job.JobEvent;

/**
 * Told of every event of every job, after it was committed and published, in order for each job.
 * Called under the job's lock: must be quick and never block.
 */
@FunctionalInterface
public interface JobListener {
  /** Something happened. */
  void happened(JobEvent event);
}
