package dev.headway.core.job;

import dev.headway.core.job.Plan.Step;
import dev.headway.core.topic.Position;
import dev.headway.core.topic.TopicState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The state of a job at one moment. Immutable; {@link Lifecycle} makes the next one.
 *
 * @param id a UUID of version 7
 * @param spec what was asked for
 * @param status where it is
 * @param attempt how often it has been started or queued again, from 1
 * @param steps the steps of its plan, in order; they are declared once
 * @param progress how far the present attempt has come
 * @param lease the lease of its worker; null while it has none
 * @param pastLeases the leases that have ended
 * @param cancel the request to stop it; null without one
 * @param outcome how it ended; null before
 * @param times the times of its transitions
 * @param place its place in its queue, as it was last looked up; null unless it waits
 * @param version grows by one with each transition (not with progress), for compare-and-set
 * @param position the place in its log that it stands for
 */
public record Job(
    UUID id,
    JobSpec spec,
    JobStatus status,
    int attempt,
    List<Step> steps,
    Progress progress,
    @Nullable Lease lease,
    PastLeases pastLeases,
    @Nullable CancelRequest cancel,
    @Nullable Outcome outcome,
    Times times,
    @Nullable QueuePlace place,
    long version,
    Position position)
    implements TopicState {

  /** Takes a copy of the steps. */
  public Job {
    steps = List.copyOf(steps);
  }

  /** A job that has just been created. */
  public static Job create(UUID id, JobSpec spec, List<Step> steps, Instant now) {
    return new Job(
        id,
        spec,
        JobStatus.PENDING,
        1,
        steps,
        Progress.waiting(firstStep(steps)),
        null,
        PastLeases.NONE,
        null,
        null,
        Times.createdAt(now),
        null,
        0,
        Position.START);
  }

  private static @Nullable String firstStep(List<Step> steps) {
    return steps.isEmpty() ? null : steps.getFirst().name();
  }

  @Override
  public boolean ended() {
    return status.ended();
  }

  /** The name of its first step; null when it has none. */
  @Nullable String firstStep() {
    return firstStep(steps);
  }

  /** Whether a cancellation was asked for and is not yet answered. */
  public boolean cancelRequested() {
    return cancel != null && !ended();
  }

  /** The same job as it is shown at a moment: its time left is as much older as its last report. */
  @Override
  public Job shownAt(Instant now) {
    var eta = progress.eta();
    return eta == null || ended()
        ? this
        : withProgress(progress.withEta(eta.after(Duration.between(times.updated(), now))));
  }

  /** Whether another attempt may follow the present one. */
  boolean attemptsLeft() {
    return attempt - pastLeases.lost() < spec.maxAttempts();
  }

  /** The longest payload or result that a list shows, in characters. */
  public static final int LISTED = 2_048;

  /**
   * The same job as a list shows it, so that a page of large jobs stays small: a payload or result
   * of more than {@value #LISTED} characters is left out, an empty object or null in its place.
   */
  public Job listed() {
    return with(draft -> {
      draft.spec = spec.payload().text().length() <= LISTED ? spec : spec.withoutPayload();
      draft.outcome = outcome == null ? null : outcome.listed(LISTED);
      draft.place = null; // as old as whoever looked it up
    });
  }

  Job moved(JobStatus next, Times at) {
    return with(draft -> {
      draft.status = next;
      draft.times = at;
      draft.place = null;
      draft.version++;
      draft.position = position.afterMilestone();
    });
  }

  /** The same job after a milestone that changes nothing of it. */
  Job afterMilestone() {
    return with(draft -> draft.position = position.afterMilestone());
  }

  /** The same job after one more report. */
  Job afterReport() {
    return with(draft -> draft.position = position.afterReport());
  }

  /** The same job at another place in its log. */
  public Job at(Position other) {
    return with(draft -> draft.position = other);
  }

  /**
   * The same job with a later report of its present attempt, which a killed process left behind
   * before it had stored it.
   *
   * @param reports how many there were with it
   */
  public Job withReport(Progress later, Instant leaseExpiresAt, Instant at, long reports) {
    return lease == null
        ? this
        : reported(later, lease.endingAt(leaseExpiresAt), times.updatedAt(at))
            .at(position.withReports(Math.max(reports, position.reports())));
  }

  /** The same job after a report. */
  Job reported(Progress next, Lease renewed, Times at) {
    return with(draft -> {
      draft.progress = next;
      draft.lease = renewed;
      draft.times = at;
      draft.position = position.afterReport();
    });
  }

  /**
   * This stored job for watchers who have been shown {@code known}, which may be further: what an
   * attempt has reached never falls.
   */
  public Job after(Job known) {
    if (attempt != known.attempt || !known.reachedMore(this)) {
      return this;
    }
    if (lease == null || known.lease == null) {
      return withProgress(progress.withPercent(known.progress.percent()));
    }
    var reports = Math.max(known.position.reports(), position.reports() + 1);
    return with(draft -> {
      draft.progress = known.progress;
      draft.position = position.withReports(reports);
      draft.times = times.updatedAt(known.times.updated());
    });
  }

  /** Whether its attempt has come further than the same attempt of another node's view has. */
  public boolean reachedMore(Job other) {
    var own = progress.percent();
    var others = other.progress.percent();
    return Objects.equals(own, others)
        ? position.reports() > other.position.reports()
        : own != null && (others == null || own > others);
  }

  Job withAttempt(int number) {
    return with(draft -> draft.attempt = number);
  }

  Job withProgress(Progress next) {
    return with(draft -> draft.progress = next);
  }

  /** The same job with another lease, or the same one renewed. */
  public Job withLease(Lease next) {
    return with(draft -> draft.lease = next);
  }

  /** The same job without its lease, which is among the past ones. */
  Job withoutLease() {
    return with(draft -> {
      draft.pastLeases = pastLeases.after(lease);
      draft.lease = null;
    });
  }

  Job withPastLeases(PastLeases next) {
    return with(draft -> draft.pastLeases = next);
  }

  Job withSteps(List<Step> declared) {
    return with(draft -> draft.steps = declared);
  }

  Job withCancel(CancelRequest next) {
    return with(draft -> draft.cancel = next);
  }

  Job withOutcome(Outcome next) {
    return with(draft -> draft.outcome = next);
  }

  /** The same job with its place in its queue. */
  public Job withPlace(QueuePlace found) {
    return with(draft -> draft.place = found);
  }

  Job withTimes(Times next) {
    return with(draft -> draft.times = next);
  }

  private Job with(Consumer<Draft> change) {
    var draft = new Draft(this);
    change.accept(draft);
    return draft.finished();
  }

  /** A job while it is being changed; for one thread. */
  private static final class Draft {
    private final Job original;
    private JobSpec spec;
    private JobStatus status;
    private int attempt;
    private List<Step> steps;
    private Progress progress;
    private @Nullable Lease lease;
    private PastLeases pastLeases;
    private @Nullable CancelRequest cancel;
    private @Nullable Outcome outcome;
    private Times times;
    private @Nullable QueuePlace place;
    private long version;
    private Position position;

    Draft(Job job) {
      original = job;
      spec = job.spec;
      status = job.status;
      attempt = job.attempt;
      steps = job.steps;
      progress = job.progress;
      lease = job.lease;
      pastLeases = job.pastLeases;
      cancel = job.cancel;
      outcome = job.outcome;
      times = job.times;
      place = job.place;
      version = job.version;
      position = job.position;
    }

    Job finished() {
      return new Job(
          original.id,
          spec,
          status,
          attempt,
          steps,
          progress,
          lease,
          pastLeases,
          cancel,
          outcome,
          times,
          place,
          version,
          position);
    }
  }
}
