package dev.headway.core.job;

import dev.headway.core.error.ErrorCode;
import org.jspecify.annotations.Nullable;

/** The outcome of an ended job. */
public sealed interface Outcome {
  /**
   * It has a result.
   *
   * @param result one JSON value
   */
  record Completed(Json result) implements Outcome {}

  /**
   * It failed.
   *
   * @param error why
   */
  record Failed(JobError error) implements Outcome {}

  /**
   * It was cancelled.
   *
   * @param partial what it had by then, when that was asked for
   */
  record Cancelled(@Nullable Json partial) implements Outcome {}

  /** The same, with null for a result of more than {@code most} characters. */
  default Outcome listed(int most) {
    return switch (this) {
      case Completed(var result) when result.text().length() > most ->
          new Completed(new Json("null"));
      case Cancelled(var partial) when partial != null && partial.text().length() > most ->
          new Cancelled(null);
      case Completed _, Cancelled _, Failed _ -> this;
    };
  }

  /**
   * Why a job or an attempt failed.
   *
   * @param code the closed code
   * @param message safe to show
   * @param details more for a person; null when the message says it all
   */
  record JobError(ErrorCode code, String message, @Nullable String details) {
    /** Keeps message and details to what a frame may hold. */
    public JobError {
      message = Progress.cut(message);
      details = details == null ? null : Progress.cut(details);
    }

    /** An error whose message says it all. */
    public static JobError of(ErrorCode code, String message) {
      return new JobError(code, message, null);
    }
  }
}
