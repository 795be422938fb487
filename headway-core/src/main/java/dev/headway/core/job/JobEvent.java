package dev.headway.core.job;

import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.topic.EventBody;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An event of a job. Each carries the job as it is afterwards, so that every dialect can draw a
 * whole frame from the event alone.
 */
public sealed interface JobEvent extends EventBody {
  /** The job after the event. */
  Job job();

  @Override
  default @Nullable String conflationKey() {
    return null;
  }

  @Override
  default boolean ended() {
    return false;
  }

  /** The event that presents a job whose earlier events were missed. */
  static JobEvent presenting(Job job) {
    return switch (job.status()) {
      case PENDING, QUEUED -> new Queued(job);
      case IN_PROGRESS -> new Progressed(job);
      case COMPLETED -> new Completed(job);
      case FAILED -> new Failed(job);
      case CANCELLED -> new Cancelled(job);
    };
  }

  /**
   * The milestone of that {@linkplain #type type}.
   *
   * @param job the job after it
   * @param error why the attempt before failed; null but for a failed attempt
   * @throws IllegalArgumentException when the type is not a milestone's
   */
  static JobEvent milestone(String type, Job job, @Nullable JobError error) {
    return switch (type) {
      case "queued" -> new Queued(job);
      case "started" -> new Started(job);
      case "steps_declared" -> new StepsDeclared(job);
      case "stalled" -> new Stalled(job);
      case "attempt_failed" ->
          new AttemptFailed(job, job.attempt() - 1, Objects.requireNonNull(error, "no error"));
      case "cancel_requested" -> new CancelRequested(job);
      case "cancel_too_late" -> new CancelTooLate(job);
      case "completed" -> new Completed(job);
      case "failed" -> new Failed(job);
      case "cancelled" -> new Cancelled(job);
      default -> throw new IllegalArgumentException("No milestone is of type " + type);
    };
  }

  /** Why the attempt before this event failed; null but for a failed attempt. */
  default @Nullable JobError attemptError() {
    return this instanceof AttemptFailed(_, _, var error) ? error : null;
  }

  /** It was offered to workers. */
  record Queued(Job job) implements JobEvent {
    @Override
    public String type() {
      return "queued";
    }
  }

  /** A worker took it. */
  record Started(Job job) implements JobEvent {
    @Override
    public String type() {
      return "started";
    }
  }

  /** Its worker declared its steps. */
  record StepsDeclared(Job job) implements JobEvent {
    @Override
    public String type() {
      return "steps_declared";
    }
  }

  /** It progressed; a watcher that is behind needs only the newest. */
  record Progressed(Job job) implements JobEvent {
    @Override
    public String type() {
      return "progress";
    }

    @Override
    public String conflationKey() {
      return "progress";
    }
  }

  /** Its work wrote a line. */
  record Logged(Job job, LogLine line) implements JobEvent {
    @Override
    public String type() {
      return "log";
    }
  }

  /** Its worker has been silent for half its lease. */
  record Stalled(Job job) implements JobEvent {
    @Override
    public String type() {
      return "stalled";
    }
  }

  /**
   * An attempt ended without success and another one follows.
   *
   * @param job queued again
   * @param attempt the attempt that failed
   * @param error why
   */
  record AttemptFailed(Job job, int attempt, JobError error) implements JobEvent {
    @Override
    public String type() {
      return "attempt_failed";
    }
  }

  /** A cancellation was requested; the work has not answered yet. */
  record CancelRequested(Job job) implements JobEvent {
    @Override
    public String type() {
      return "cancel_requested";
    }
  }

  /** The work had ended by itself before it saw the request to stop. */
  record CancelTooLate(Job job) implements JobEvent {
    @Override
    public String type() {
      return "cancel_too_late";
    }
  }

  /**
   * It was removed after its end. Told to the feeds that showed it; its own topic is gone.
   *
   * @param job as it was
   */
  record Deleted(Job job) implements JobEvent {
    @Override
    public String type() {
      return "deleted";
    }
  }

  /** It ended with a result. */
  record Completed(Job job) implements JobEvent {
    @Override
    public String type() {
      return "completed";
    }

    @Override
    public boolean ended() {
      return true;
    }
  }

  /** It ended with an error. */
  record Failed(Job job) implements JobEvent {
    @Override
    public String type() {
      return "failed";
    }

    @Override
    public boolean ended() {
      return true;
    }
  }

  /** It was stopped on request. */
  record Cancelled(Job job) implements JobEvent {
    @Override
    public String type() {
      return "cancelled";
    }

    @Override
    public boolean ended() {
      return true;
    }
  }
}
