package dev.headway.core.engine;

import dev.headway.core.job.Json;

/**
 * The work of one type of job. Called on a thread of the runner; different jobs run at the same
 * time.
 */
@FunctionalInterface
public interface JobHandler {
  /**
   * Does the work and returns its result.
   *
   * @throws JobStoppedException thrown by the context when the work is to stop; let it pass
   * @throws dev.headway.core.error.HeadwayException a failure whose text the watchers see
   * @throws Exception any other failure: watchers see an id to look for in the log
   */
  Json run(JobContext context) throws Exception;
}
