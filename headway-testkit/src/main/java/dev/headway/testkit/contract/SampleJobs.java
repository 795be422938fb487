package dev.headway.testkit.contract;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.id.IdSource;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lifecycle;
import dev.headway.core.job.Milestone;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Plan.Step;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.port.JobStore;
import dev.headway.testkit.Ids;
import dev.headway.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes jobs for tests and moves them as the server would, writing each transition. Every new job
 * is a millisecond younger than the one before.
 */
public final class SampleJobs {
  /** How long the leases last that are given here. */
  public static final Duration LEASE = Duration.ofSeconds(30);

  private final JobStore store;
  private final ManualClock clock = ManualClock.atNoon();
  private final IdSource ids = Ids.seeded(clock);

  /** Jobs in {@code store}. */
  public SampleJobs(JobStore store) {
    this.store = store;
  }

  /** The clock that stamps the jobs. */
  public ManualClock clock() {
    return clock;
  }

  /** A submission of which only type and owner matter. */
  public static JobSpec spec(String type, @Nullable Long owner) {
    return JobSpec.of(type, Json.EMPTY_OBJECT, owner);
  }

  /** The same with the creator's own name for it. */
  public static JobSpec named(JobSpec spec, String idempotencyKey) {
    return spec.with(draft -> draft.idempotencyKey(idempotencyKey));
  }

  /** The same with a place in the queue. */
  public static JobSpec queued(JobSpec spec, String queue, int priority, boolean external) {
    return spec.with(draft -> draft.queue(queue).priority(priority).external(external));
  }

  /** The same with a limit for each attempt. */
  public static JobSpec limited(JobSpec spec, Duration timeout) {
    return spec.with(draft -> draft.timeout(timeout));
  }

  /** The same request with an address to which its end is announced. */
  public static JobSpec announced(JobSpec spec, String callbackUrl) {
    return spec.with(draft -> draft.callbackUrl(callbackUrl));
  }

  /** The same as a child. */
  public static JobSpec child(JobSpec spec, JobSpec.Family family) {
    return spec.with(draft -> draft.family(family));
  }

  /** A queued job that is not stored. */
  public Job unstored(JobSpec spec) {
    return decided(created(spec), new Command.MarkQueued());
  }

  /** A job that is not stored, and the events that led to it. */
  public Decision.Accepted offered(JobSpec spec) {
    return accepted(created(spec), new Command.MarkQueued());
  }

  private Job created(JobSpec spec) {
    clock.advance(Duration.ofMillis(1));
    return Job.create(ids.uuid(), spec, Step.equal(List.of("read", "solve")), clock.instant());
  }

  /** A stored, queued job. */
  public Job waiting(JobSpec spec) {
    return waiting(spec, null);
  }

  /** A stored job that waits for a moment; null for at once. */
  public Job waiting(JobSpec spec, @Nullable Instant ready) {
    var accepted = accepted(created(spec), new Command.MarkQueued(ready));
    store.insert(accepted.next(), milestones(accepted));
    return accepted.next();
  }

  /** A stored job that a worker holds for {@link #LEASE}. */
  public Job running(JobSpec spec, String worker) {
    return claimed(waiting(spec), worker);
  }

  /** A stored job that has its result. */
  public Job completed(JobSpec spec) {
    return completed(running(spec, "worker"));
  }

  /** The job taken by a worker. */
  public Job claimed(Job job, String worker) {
    return moved(job, new Command.Claim(worker, ids.secret(), LEASE));
  }

  /** The job with a result. */
  public Job completed(Job job) {
    return moved(job, new Command.Complete(token(job), new Json("{\"ok\":true}")));
  }

  /** The job failed for good. */
  public Job failed(Job job) {
    var error = JobError.of(ErrorCode.EXECUTION_ERROR, "It broke");
    return moved(job, new Command.Fail(token(job), error, false));
  }

  /** The job at a percentage, not written. */
  public Job reported(Job job, double percent, String message) {
    var report = ProgressReport.of(percent, message);
    return decided(job, new Command.Report(token(job), report, null));
  }

  /** The job after a command, written. */
  public Job moved(Job job, Command command) {
    var accepted = accepted(job, command);
    if (!store.update(accepted.next(), job.version(), milestones(accepted))) {
      throw new IllegalStateException("The stored job is not at version " + job.version());
    }
    return accepted.next();
  }

  /** The job after a command, not written. */
  public Job decided(Job job, Command command) {
    return accepted(job, command).next();
  }

  /** The events of a decision as they are stored, of the present moment. */
  public List<Milestone> milestones(Decision.Accepted accepted) {
    return accepted.milestones(clock.instant());
  }

  /** The answer to a command that must be accepted. */
  public Decision.Accepted accepted(Job job, Command command) {
    return switch (Lifecycle.decide(job, command, clock.instant())) {
      case Decision.Accepted accepted -> accepted;
      case Decision.Refused(var reason) -> throw new IllegalStateException(reason.text());
    };
  }

  /** The token under which the job's worker reports. */
  public static String token(Job job) {
    var lease = job.lease();
    if (lease == null) {
      throw new IllegalStateException("Nobody holds job " + job.id());
    }
    return lease.token();
  }
}
