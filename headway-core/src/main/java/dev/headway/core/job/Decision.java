package dev.headway.core.job;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;

/** The lifecycle's answer to a command. */
public sealed interface Decision {
  /**
   * It is so.
   *
   * @param next the job afterwards
   * @param events what to publish, in order
   * @param clamped whether a lower percentage than before was reported and kept back
   */
  record Accepted(Job next, List<JobEvent> events, boolean clamped) implements Decision {
    /** Takes a copy. */
    public Accepted {
      events = List.copyOf(events);
    }

    /** Its events as they are stored with the job. */
    public List<Milestone> milestones(Instant at) {
      return events.stream().map(event -> new Milestone(event, at)).toList();
    }

    /** Whether the job's row must be written before anything is published. */
    public boolean milestone(Job before) {
      return next.version() != before.version();
    }
  }

  /**
   * It may not be.
   *
   * @param reason why not
   */
  record Refused(Refusal reason) implements Decision {}

  /** Why a command is refused, each with the code and text that the caller sees. */
  enum Refusal {
    /** It has ended. */
    ENDED(ErrorCode.TOO_LATE, "The job has already ended"),
    /** It is not waiting for a worker. */
    NOT_WAITING(ErrorCode.CONFLICT, "The job is not waiting for a worker"),
    /** The lease is not the present one. */
    LEASE_LOST(ErrorCode.LEASE_LOST, "The lease was lost: another attempt has begun or may begin"),
    /** Its steps were declared otherwise. */
    STEPS_DECLARED(
        ErrorCode.VALIDATION_ERROR, "The job's steps have been declared, and do not change"),
    /** No cancellation was requested. */
    NOT_REQUESTED(ErrorCode.CONFLICT, "No cancellation was requested"),
    /** The rule of its queue, or what runs under its key, lets no further job begin. */
    HELD_BACK(ErrorCode.CONFLICT, "The job may not begin yet"),
    /** The moment for it has not come. */
    NOT_DUE(ErrorCode.CONFLICT, "It is not due yet");

    private static final DateTimeFormatter CLOCK =
        DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

    private final ErrorCode code;
    private final String text;

    Refusal(ErrorCode code, String text) {
      this.code = code;
      this.text = text;
    }

    /** The code that the caller sees. */
    public ErrorCode code() {
      return code;
    }

    /** The refusal of a command for {@code job}, with the reason that the caller sees. */
    public HeadwayException exception(Job job) {
      return switch (this) {
        case ENDED -> new HeadwayException(code, text + ": " + end(job));
        case STEPS_DECLARED ->
            HeadwayException.invalid(
                "steps", "%s: %s".formatted(text, Plan.Step.names(job.steps())));
        case NOT_WAITING, LEASE_LOST, NOT_REQUESTED, HELD_BACK, NOT_DUE ->
            new HeadwayException(code, text);
      };
    }

    private static String end(Job job) {
      var at = job.times().completed();
      var when = at == null ? "" : " at %s UTC".formatted(CLOCK.format(at));
      return job.outcome() instanceof Outcome.Failed(var error)
          ? "failed with %s%s (%s)".formatted(error.code(), when, error.message())
          : job.status().wireName() + when;
    }

    /** The text that the caller sees. */
    public String text() {
      return text;
    }
  }
}
