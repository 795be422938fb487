package dev.headway.core.job;

import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Plan.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A command to a job. {@link Lifecycle} decides each in each state. */
public sealed interface Command {
  /** A command of the worker that holds the lease. */
  sealed interface OfWorker extends Command {
    /** The token of the lease under which the worker believes to work. */
    String fence();
  }

  /**
   * Offer it to workers.
   *
   * @param ready from when on it may be claimed; null for at once
   */
  record MarkQueued(@Nullable Instant ready) implements Command {
    /** Offer it to workers at once. */
    public MarkQueued() {
      this(null);
    }
  }

  /**
   * Take it.
   *
   * @param worker who takes it
   * @param token the new lease's token
   * @param length how long the lease lasts without a report
   * @param from what an earlier attempt left; null to begin at the beginning
   */
  record Claim(String worker, String token, Duration length, @Nullable Checkpoint from)
      implements Command {
    /** The beginning of an attempt that has nothing to go on from. */
    public Claim(String worker, String token, Duration length) {
      this(worker, token, length, null);
    }

    /** The same attempt, going on from a checkpoint. */
    public Claim goingOnFrom(@Nullable Checkpoint earlier) {
      return new Claim(worker, token, length, earlier);
    }
  }

  /**
   * Say how far the work has come; renews the lease.
   *
   * @param eta the time left as the server estimates it
   */
  record Report(String fence, ProgressReport report, @Nullable Eta eta) implements OfWorker {}

  /**
   * Declare the steps of the job, once; renews the lease.
   *
   * @param steps in order, not empty, each with a name of its own
   */
  record DeclareSteps(String fence, List<Step> steps) implements OfWorker {
    /** Takes a copy. */
    public DeclareSteps {
      steps = List.copyOf(steps);
    }
  }

  /** Say that the worker lives; renews the lease. */
  record Renew(String fence) implements OfWorker {}

  /** End it with a result. */
  record Complete(String fence, Json result) implements OfWorker {}

  /**
   * End the attempt with an error.
   *
   * @param retryable whether another attempt may succeed
   */
  record Fail(String fence, JobError error, boolean retryable) implements OfWorker {}

  /** Say that the work has really stopped after a request to. */
  record AcknowledgeCancel(String fence, @Nullable Json partial) implements OfWorker {}

  /** Fail it before it starts. */
  record Reject(JobError error) implements Command {}

  /**
   * Ask that the work stop.
   *
   * @param keepPartial whether what has been found so far is wanted
   */
  record RequestCancel(boolean keepPartial) implements Command {}

  /**
   * Show how far its children have come. Says nothing of its worker, whose lease goes on as it was.
   *
   * @param percent 0 to 100
   */
  record RollUp(double percent) implements Command {}

  /** Let the lease run anew, because the server could not hear the worker for a time. */
  record Rearm() implements Command {}

  /** Show the worker as silent, when it has been for half its lease. */
  record Stall() implements Command {}

  /**
   * Take the lease away.
   *
   * @param orphaned true when the worker is known to be gone; false to wait for the lease's end
   */
  record LoseLease(boolean orphaned) implements Command {}

  /** End the attempt when it has taken longer than it may. */
  record TimeOut() implements Command {}

  /**
   * Cancel without the work's answer, when it has not come for too long.
   *
   * @param patience how long the work may take to answer
   */
  record GiveUpOnCancel(Duration patience) implements Command {}
}
