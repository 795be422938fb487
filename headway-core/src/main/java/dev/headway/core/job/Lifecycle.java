package dev.headway.core.job;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Decision.Accepted;
import dev.headway.core.job.Decision.Refusal;
import dev.headway.core.job.Decision.Refused;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The one transition function: state and command in, next state and events or a refusal out. Pure
 * and thread-safe; nothing else moves a job.
 */
public final class Lifecycle {
  private Lifecycle() {}

  /**
   * Answers one command.
   *
   * @param job the job as it is
   * @param command what is asked
   * @param now the moment of asking
   */
  public static Decision decide(Job job, Command command, Instant now) {
    if (job.ended()) {
      return repeats(job, command) ? accepted(job) : new Refused(Refusal.ENDED);
    }
    return switch (command) {
      case Command.MarkQueued(var ready) -> markQueued(job, ready, now);
      case Command.Claim claim -> markStarted(job, claim, now);
      case Command.OfWorker ofWorker -> ofWorker(job, ofWorker, now);
      case Command.Reject(var error) -> reject(job, error, now);
      case Command.RequestCancel(var keepPartial) -> requestCancel(job, keepPartial, now);
      case Command.RollUp(var percent) -> rollUp(job, percent, now);
      case Command.Stall() -> stall(job, now);
      case Command.Rearm() -> rearm(job, now);
      case Command.LoseLease(var orphaned) -> loseLease(job, orphaned, now);
      case Command.TimeOut() -> timeOut(job, now);
      case Command.GiveUpOnCancel giveUp -> giveUpOnCancel(job, giveUp, now);
    };
  }

  /**
   * Whether a worker repeats the end that it brought about, since it may not have been answered.
   */
  private static boolean repeats(Job job, Command command) {
    return command instanceof Command.OfWorker ofWorker
        && ofWorker.fence().equals(job.pastLeases().last())
        && switch (ofWorker) {
          case Command.Complete _ -> job.status() == JobStatus.COMPLETED;
          case Command.Fail _ -> job.status() == JobStatus.FAILED && !lost(job);
          case Command.AcknowledgeCancel _ -> job.status() == JobStatus.CANCELLED;
          case Command.Report _, Command.DeclareSteps _, Command.Renew _ -> false;
        };
  }

  private static boolean lost(Job job) {
    return job.outcome() instanceof Outcome.Failed(var error)
        && error.code() == ErrorCode.WORKER_LOST;
  }

  private static Decision markQueued(Job job, @Nullable Instant ready, Instant now) {
    if (job.status() != JobStatus.PENDING) {
      return new Refused(Refusal.NOT_WAITING);
    }
    var next = job.moved(JobStatus.QUEUED, job.times().queuedAt(now, ready));
    return accepted(next, new JobEvent.Queued(next));
  }

  private static Decision markStarted(Job job, Command.Claim claim, Instant now) {
    var ready = job.times().ready();
    if (job.status() != JobStatus.QUEUED || (ready != null && now.isBefore(ready))) {
      return new Refused(Refusal.NOT_WAITING);
    }
    // The server's own worker lives; one outside may have gone away while it waited.
    var confirmed = !job.spec().external();
    var lease =
        new Lease(
            claim.token(), claim.worker(), claim.length(), now.plus(claim.length()), confirmed);
    var next =
        job.moved(JobStatus.IN_PROGRESS, job.times().startedAt(now))
            .withLease(lease)
            .withProgress(claim.from() == null ? noLongerWaiting(job) : claim.from().begin());
    return accepted(next, new JobEvent.Started(next));
  }

  /** Drops the message of a waiting job; the work's own message stays. */
  private static Progress noLongerWaiting(Job job) {
    return job.status() == JobStatus.IN_PROGRESS ? job.progress() : job.progress().withMessage("");
  }

  private static Decision ofWorker(Job job, Command.OfWorker command, Instant now) {
    var lease = job.lease();
    if (lease == null || !lease.token().equals(command.fence())) {
      return late(job, command, now);
    }
    return switch (command) {
      case Command.Report report -> markProgress(job, lease, report, now);
      case Command.DeclareSteps(_, var steps) -> declareSteps(job, lease, steps, now);
      case Command.Renew _ -> renewed(job, lease, now);
      case Command.Complete(_, var result) -> markCompleted(job, result, now);
      case Command.Fail(_, var error, var retryable) -> markFailed(job, error, retryable, now);
      case Command.AcknowledgeCancel(_, var partial) -> acknowledgeCancel(job, partial, now);
    };
  }

  /** The result of an attempt whose lease was lost counts as long as no other attempt has begun. */
  private static Decision late(Job job, Command.OfWorker command, Instant now) {
    var waits = job.status() == JobStatus.QUEUED;
    if (!waits || !command.fence().equals(job.pastLeases().last())) {
      return new Refused(Refusal.LEASE_LOST);
    }
    return switch (command) {
      case Command.Complete(_, var result) -> markCompleted(job, result, now);
      case Command.Fail(_, var error, var retryable) when !retryable ->
          markFailed(job, error, false, now);
      case Command.Fail _ -> accepted(job); // the next attempt is already queued
      case Command.Report _, Command.DeclareSteps _, Command.Renew _, Command.AcknowledgeCancel _ ->
          new Refused(Refusal.LEASE_LOST);
    };
  }

  /*
   * Steps are declared once: what a percentage means does not change under those who watch. Another
   * attempt declares the same ones again, which is a sign of life.
   */
  private static Decision declareSteps(Job job, Lease lease, List<Step> steps, Instant now) {
    if (job.steps().equals(steps)) {
      return renewed(job, lease, now);
    }
    if (!job.steps().isEmpty()) {
      return new Refused(Refusal.STEPS_DECLARED);
    }
    var declared = job.withSteps(steps);
    var next =
        declared
            .moved(JobStatus.IN_PROGRESS, job.times().updatedAt(now))
            .withLease(lease.renewed(now))
            .withProgress(job.progress().in(declared.firstStep()));
    return accepted(next, new JobEvent.StepsDeclared(next));
  }

  private static Decision renewed(Job job, Lease lease, Instant now) {
    var next = job.withLease(lease.renewed(now));
    if (job.times().stalledSince() == null) {
      return accepted(next);
    }
    // The worker is alive: the watchers were shown a silent one.
    var back = next.withTimes(job.times().updatedAt(now)).afterReport();
    return accepted(back, new JobEvent.Progressed(back));
  }

  private static Decision markProgress(Job job, Lease lease, Command.Report command, Instant now) {
    var before = job.progress();
    var next =
        job.reported(
            command
                .report()
                .after(before)
                .begunBy(command.report().statedPercent(), now)
                .withEta(command.eta()),
            lease.renewed(now),
            job.times().updatedAt(now));
    return new Accepted(
        next, List.of(new JobEvent.Progressed(next)), command.report().fallsBehind(before));
  }

  private static Decision markCompleted(Job job, Json result, Instant now) {
    var progress = job.progress().completed();
    var before = answered(job);
    var completed =
        ended(before, JobStatus.COMPLETED, new Outcome.Completed(result), now)
            .withProgress(progress);
    return tooLate(before, completed, new JobEvent.Completed(completed));
  }

  /** The job after the request to stop it has been answered, if there is one. */
  private static Job answered(Job job) {
    return job.cancelRequested() ? job.afterMilestone() : job;
  }

  private static Decision tooLate(Job answered, Job next, JobEvent end) {
    return answered.cancelRequested()
        ? accepted(next, new JobEvent.CancelTooLate(answered), end)
        : accepted(next, end);
  }

  private static Decision markFailed(Job job, JobError error, boolean retryable, Instant now) {
    if (retryable && !job.cancelRequested() && job.attemptsLeft()) {
      var failures = job.attempt() - job.pastLeases().lost();
      return again(job, error, job.spec().attempts().pause().after(failures, job.id()), now);
    }
    var before = answered(job);
    var next = ended(before, JobStatus.FAILED, new Outcome.Failed(error), now);
    return tooLate(before, next, new JobEvent.Failed(next));
  }

  private static Decision again(Job job, JobError error, Duration pause, Instant now) {
    var next =
        job.moved(JobStatus.QUEUED, job.times().requeuedAt(now, pause))
            .withoutLease()
            .withAttempt(job.attempt() + 1)
            .withProgress(Progress.waiting(job.firstStep()));
    return accepted(next, new JobEvent.AttemptFailed(next, job.attempt(), error));
  }

  private static Decision acknowledgeCancel(Job job, @Nullable Json partial, Instant now) {
    return job.cancelRequested()
        ? markCancelled(job, partial, now)
        : new Refused(Refusal.NOT_REQUESTED);
  }

  private static Decision markCancelled(Job job, @Nullable Json partial, Instant now) {
    var next = ended(job, JobStatus.CANCELLED, new Outcome.Cancelled(partial), now);
    return accepted(next, new JobEvent.Cancelled(next));
  }

  private static Decision reject(Job job, JobError error, Instant now) {
    if (job.status() == JobStatus.IN_PROGRESS) {
      return new Refused(Refusal.NOT_WAITING);
    }
    var next = ended(job, JobStatus.FAILED, new Outcome.Failed(error), now);
    return accepted(next, new JobEvent.Failed(next));
  }

  private static Decision requestCancel(Job job, boolean keepPartial, Instant now) {
    if (job.status() != JobStatus.IN_PROGRESS) {
      return markCancelled(job, null, now);
    }
    if (job.cancelRequested()) {
      return accepted(job);
    }
    var next =
        job.moved(JobStatus.IN_PROGRESS, job.times())
            .withCancel(new CancelRequest(now, keepPartial));
    return accepted(next, new JobEvent.CancelRequested(next));
  }

  private static Decision rollUp(Job job, double percent, Instant now) {
    if (job.status() != JobStatus.IN_PROGRESS) {
      return new Refused(Refusal.NOT_DUE);
    }
    var reached = job.progress().percent();
    if (reached != null && percent <= reached) {
      return new Accepted(job, List.of(), percent < reached);
    }
    var next =
        job.withProgress(rolledUp(job.progress(), percent))
            .withTimes(job.times().rolledUpAt(now))
            .afterReport();
    return accepted(next, new JobEvent.Progressed(next));
  }

  private static Progress rolledUp(Progress progress, double percent) {
    var next = progress.withPercent(percent);
    return percent < 100 ? next : next.withEta(null);
  }

  private static Decision stall(Job job, Instant now) {
    var lease = job.lease();
    if (lease == null || job.times().stalledSince() != null || now.isBefore(lease.stallsAt())) {
      return new Refused(Refusal.NOT_DUE);
    }
    var next = job.moved(JobStatus.IN_PROGRESS, job.times().stalledAt(now));
    return accepted(next, new JobEvent.Stalled(next));
  }

  private static Decision loseLease(Job job, boolean orphaned, Instant now) {
    var lease = job.lease();
    if (lease == null || !(orphaned || !now.isBefore(lease.expiresAt()))) {
      return new Refused(Refusal.NOT_DUE);
    }
    if (job.cancelRequested()) {
      return markCancelled(job, null, now);
    }
    var error = workerLost(job, lease);
    return job.pastLeases().lost() < sparedLosses(job, lease)
        ? again(job.withPastLeases(job.pastLeases().afterLoss()), error, Duration.ZERO, now)
        : markFailed(job, error, false, now);
  }

  private static int sparedLosses(Job job, Lease lease) {
    var most = job.spec().attempts().lost();
    return lease.confirmed() ? most : Math.max(most, PastLeases.UNSEEN);
  }

  private static JobError workerLost(Job job, Lease lease) {
    return JobError.of(
        ErrorCode.WORKER_LOST,
        "The worker %s stopped reporting during attempt %d: its lease of %d s ran out"
            .formatted(lease.worker(), job.attempt(), lease.length().toSeconds()));
  }

  private static Decision rearm(Job job, Instant now) {
    var lease = job.lease();
    return lease == null
        ? new Refused(Refusal.NOT_DUE)
        : accepted(job.withLease(lease.rearmed(now)));
  }

  private static Decision timeOut(Job job, Instant now) {
    var limit = job.spec().timeout();
    var started = job.times().started();
    if (limit == null || started == null || now.isBefore(started.plus(limit))) {
      return new Refused(Refusal.NOT_DUE);
    }
    if (job.cancelRequested()) {
      return markCancelled(job, null, now);
    }
    var error =
        JobError.of(
            ErrorCode.TIMEOUT_ERROR,
            "The attempt took longer than its %d seconds".formatted(limit.toSeconds()));
    return markFailed(job, error, true, now);
  }

  private static Decision giveUpOnCancel(Job job, Command.GiveUpOnCancel giveUp, Instant now) {
    var request = job.cancel();
    if (request == null || now.isBefore(request.at().plus(giveUp.patience()))) {
      return new Refused(Refusal.NOT_DUE);
    }
    return markCancelled(job, null, now);
  }

  private static Job ended(Job job, JobStatus status, Outcome outcome, Instant now) {
    return job.moved(status, job.times().completedAt(now))
        .withoutLease()
        .withOutcome(outcome)
        .withProgress(noLongerWaiting(job).withEta(null));
  }

  private static Accepted accepted(Job next, JobEvent... events) {
    return new Accepted(next, List.of(events), false);
  }
}
