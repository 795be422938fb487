package dev.headway.core.engine;

import dev.headway.core.job.JobSpec;
import java.util.List;
import java.util.UUID;

/**
 * A job that is to be submitted.
 *
 * @param id a new identifier, from {@link Jobs#nextId()}
 * @param spec what is asked for
 * @param steps the names of its plan's steps, empty when unknown
 */
public record NewJob(UUID id, JobSpec spec, List<String> steps) {
  /** Takes a copy of the steps. */
  public NewJob {
    steps = List.copyOf(steps);
  }
}
