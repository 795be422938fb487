package dev.headway.core.engine;

import dev.headway.core.job.Plan;

/**
 * A kind of work that this server does itself.
 *
 * @param name what {@code job_type} says
 * @param plan its steps and their share of the bar
 * @param maxAttempts how often a job may be started when its server dies; 1 when it must not be
 *     done again
 * @param handler does the work
 */
public record JobType(String name, Plan plan, int maxAttempts, JobHandler handler) {
  /** Rejects types that could never start. */
  public JobType {
    if (maxAttempts < 1) {
      throw new IllegalArgumentException(
          "The maxAttempts (%d) of job type %s must be at least 1".formatted(maxAttempts, name));
    }
  }
}
