package dev.headway.core.engine;

import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A job that is to be submitted.
 *
 * @param id a new identifier, from {@link Jobs#nextId()}
 * @param spec what is asked for
 * @param steps the steps of its plan, empty when unknown
 * @param ready from when on it may be claimed; null for at once
 * @param start who does it from the beginning; null when it waits for a worker
 */
public record NewJob(
    UUID id, JobSpec spec, List<Step> steps, @Nullable Instant ready, @Nullable Start start) {
  /**
   * The start of a job by its submitter, who holds the lease from the beginning.
   *
   * @param worker the name of who does it
   * @param length how long the lease lasts without a report
   */
  public record Start(String worker, Duration length) {}

  /** Takes a copy of the steps. */
  public NewJob {
    steps = List.copyOf(steps);
  }

  /** A job that waits for a worker, who may begin at once; its steps have equal shares. */
  public NewJob(UUID id, JobSpec spec, List<String> steps) {
    this(id, spec, Step.equal(steps), null, null);
  }
}
