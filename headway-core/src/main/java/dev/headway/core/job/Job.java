package dev.headway.core.job;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job at one moment. Immutable; {@link Lifecycle} makes the next one.
 *
 * @param id a UUID of version 7
 * @param spec what was asked for
 * @param status where it is
 * @param attempt how often it has been started or queued again, from 1
 * @param steps the names of its plan's steps, in order
 * @param progress how far the present attempt has come
 * @param lease the lease of its worker; null while it has none
 * @param cancel the request to stop it; null without one
 * @param outcome how it ended; null before
 * @param times the times of its transitions
 * @param version grows by one with each transition (not with progress), for compare-and-set
 */
public record Job(
    UUID id,
    JobSpec spec,
    JobStatus status,
    int attempt,
    List<String> steps,
    Progress progress,
    @Nullable Lease lease,
    @Nullable CancelRequest cancel,
    @Nullable Outcome outcome,
    Times times,
    long version)
    implements dev.headway.core.topic.TopicState {

  /** Takes a copy of the steps. */
  public Job {
    steps = List.copyOf(steps);
  }

  /** A job that has just been created. */
  public static Job create(UUID id, JobSpec spec, List<String> steps, java.time.Instant now) {
    var first = steps.isEmpty() ? null : steps.getFirst();
    var times = new Times(now, null, now, null, null);
    return new Job(
        id, spec, JobStatus.PENDING, 1, steps, Progress.waiting(first), null, null, null, times, 0);
  }

  @Override
  public boolean ended() {
    return status.ended();
  }

  /** Whether a cancellation was asked for and is not yet answered. */
  public boolean cancelRequested() {
    return cancel != null && !ended();
  }

  Job moved(JobStatus next, Times at) {
    return new Job(
        id, spec, next, attempt, steps, progress, lease, cancel, outcome, at, version + 1);
  }

  Job withAttempt(int number) {
    return new Job(
        id, spec, status, number, steps, progress, lease, cancel, outcome, times, version);
  }

  Job withProgress(Progress next) {
    return new Job(id, spec, status, attempt, steps, next, lease, cancel, outcome, times, version);
  }

  Job withLease(@Nullable Lease next) {
    return new Job(
        id, spec, status, attempt, steps, progress, next, cancel, outcome, times, version);
  }

  Job withCancel(@Nullable CancelRequest next) {
    return new Job(
        id, spec, status, attempt, steps, progress, lease, next, outcome, times, version);
  }

  Job withOutcome(Outcome next) {
    return new Job(id, spec, status, attempt, steps, progress, lease, cancel, next, times, version);
  }

  Job withTimes(Times next) {
    return new Job(
        id, spec, status, attempt, steps, progress, lease, cancel, outcome, next, version);
  }
}
