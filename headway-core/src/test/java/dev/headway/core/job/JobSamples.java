package dev.headway.core.job;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.fixture.TestClock;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Jobs in every state, each reached the only way there is: through {@link Lifecycle}. All begin at
 * {@link TestClock#START}, hold a lease of ten seconds and may take a minute.
 */
public final class JobSamples {
  /** The start of every sample. */
  public static final Instant T0 = TestClock.START;

  /** The fence of a sample that runs. */
  public static final String FENCE = "fence-1";

  /** How long its lease lasts. */
  public static final Duration LEASE = Duration.ofSeconds(10);

  /** What it fails of. */
  public static final JobError ERROR = JobError.of(ErrorCode.EXECUTION_ERROR, "No more paper");

  /** The steps of every sample but the plain one. */
  public static final List<Step> STEPS = Step.equal(List.of("load", "plan"));

  private static final UUID ID = UUID.fromString("01900000-0000-7000-8000-000000000001");

  private JobSamples() {}

  /** A job that has just been created and may be started so often. */
  public static Job pending(int attempts) {
    return Job.create(ID, spec(attempts, Duration.ofMinutes(1)), STEPS, T0);
  }

  /** A spec with a limit of time, or none. */
  public static JobSpec spec(int attempts, @org.jspecify.annotations.Nullable Duration timeout) {
    return JobSpec.of("bake", new Json("{\"bread\":1}"), 7L)
        .with(draft -> draft.attempts(Attempts.of(attempts)).timeout(timeout));
  }

  /** Offered to workers. */
  public static Job queued(int attempts) {
    return after(pending(attempts), new Command.MarkQueued(), 0);
  }

  /** Offered to workers, without steps. */
  public static Job plain(int attempts) {
    var created = Job.create(ID, spec(attempts, Duration.ofMinutes(1)), List.of(), T0);
    return after(created, new Command.MarkQueued(), 0);
  }

  /** Offered to workers, within bounds of its own. */
  public static Job queued(Attempts bounds) {
    var spec = spec(1, null).with(draft -> draft.attempts(bounds).external(true));
    return after(Job.create(ID, spec, STEPS, T0), new Command.MarkQueued(), 0);
  }

  /** Offered to workers outside the server. */
  public static Job external(int attempts) {
    var spec = spec(attempts, Duration.ofMinutes(1)).with(draft -> draft.external(true));
    return after(Job.create(ID, spec, STEPS, T0), new Command.MarkQueued(), 0);
  }

  /** Claimed, and 40 % done. */
  public static Job running(int attempts) {
    return reported(claimed(queued(attempts)));
  }

  /** Claimed under {@link #FENCE}. */
  public static Job claimed(Job queued) {
    return after(queued, new Command.Claim("worker-1", FENCE, LEASE), 0);
  }

  private static Job reported(Job claimed) {
    return after(claimed, report(ProgressReport.of(40, "Kneading")), 0);
  }

  /** A job asked to stop after a second. */
  public static Job asked(Job running) {
    return after(running, new Command.RequestCancel(true), 1);
  }

  /** A job whose worker has been silent for half its lease. */
  public static Job stalled(Job running) {
    return after(running, new Command.Stall(), 5);
  }

  /** A report of the sample's worker. */
  public static Command.Report report(ProgressReport report) {
    return new Command.Report(FENCE, report, null);
  }

  /** The job after a command that must be accepted, so many seconds after the start. */
  public static Job after(Job job, Command command, long seconds) {
    return accepted(job, command, seconds).next();
  }

  /** The job after a command that must be accepted. */
  public static Decision.Accepted accepted(Job job, Command command, long seconds) {
    return switch (Lifecycle.decide(job, command, T0.plusSeconds(seconds))) {
      case Decision.Accepted accepted -> accepted;
      case Decision.Refused(var reason) ->
          throw new AssertionError(command + " was refused: " + reason);
    };
  }
}
