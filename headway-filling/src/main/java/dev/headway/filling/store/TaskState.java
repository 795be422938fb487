package dev.headway.filling.store;

import dev.headway.core.job.Job;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A task with the state of its job.
 *
 * @param task what was asked for
 * @param status where the job is
 * @param created when it was asked for
 * @param started when the present attempt began
 * @param completed when it ended
 * @param errorMessage why it failed
 * @param result the summary of a completed task, or of what a cancelled one left
 */
public record TaskState(
    Task task,
    JobStatus status,
    Instant created,
    @Nullable Instant started,
    @Nullable Instant completed,
    @Nullable String errorMessage,
    @Nullable Json result) {

  /** A task by the present state of its job. */
  public static TaskState of(Task task, Job job) {
    var times = job.times();
    return new TaskState(
        task,
        job.status(),
        times.created(),
        times.started(),
        times.completed(),
        job.outcome() instanceof Outcome.Failed(var error) ? error.message() : null,
        result(job.outcome()));
  }

  private static @Nullable Json result(@Nullable Outcome outcome) {
    return switch (outcome) {
      case Outcome.Completed(var result) -> result;
      case Outcome.Cancelled(var partial) -> partial;
      case Outcome.Failed _ -> null;
      case null -> null;
    };
  }
}
