package dev.headway.filling.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Json;
import dev.headway.core.job.Progress;
import dev.headway.filling.store.TaskKind;
import dev.headway.server.json.JsonCodec;
import java.util.Locale;

/** The filling contract's words for states, steps and errors. */
final class TaskWords {
  private TaskWords() {}

  /** A state: pending and queued are one. */
  static String status(JobStatus status) {
    return switch (status) {
      case PENDING, QUEUED -> "pending";
      case IN_PROGRESS -> "running";
      case COMPLETED -> "completed";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
    };
  }

  /** A failure's code, one of the contract's eight. */
  static String code(ErrorCode code) {
    return switch (code) {
      case INVALID_INPUT,
          VALIDATION_ERROR,
          METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          REQUEST_TIMEOUT,
          MISDIRECTED,
          TOO_LARGE,
          UNSUPPORTED_MEDIA_TYPE ->
          "VALIDATION_ERROR";
      case AUTHENTICATION_ERROR -> "AUTHENTICATION_ERROR";
      case AUTHORIZATION_ERROR -> "AUTHORIZATION_ERROR";
      case NOT_FOUND -> "NOT_FOUND";
      case TIMEOUT_ERROR -> "TIMEOUT_ERROR";
      case CONNECTION_ERROR -> "CONNECTION_ERROR";
      case CANCELLED -> "CANCELLED";
      case CONFLICT,
          TOO_LATE,
          LEASE_LOST,
          RATE_LIMITED,
          EXECUTION_ERROR,
          UNAVAILABLE,
          WORKER_LOST ->
          "EXECUTION_ERROR";
    };
  }

  /** A percentage as a whole number, rounded down. */
  static int percent(Progress progress) {
    return progress.percent() == null ? 0 : (int) Math.floor(progress.percent());
  }

  /** The step; the first one while nothing has begun. */
  static String step(Progress progress) {
    return progress.step() == null ? "loading" : progress.step();
  }

  /** The sentence for a task that has ended well. */
  static String done(TaskKind kind, Json result) {
    var summary = JsonCodec.tree(result);
    return switch (kind) {
      case SCHEDULE ->
          String.format(
              Locale.ROOT, "Schedule completed: %.2f h", summary.path("makespan").asDouble());
      case COMPARISON -> "Comparison completed: " + summary.path("recommendation").asString("");
    };
  }

  /** The sentence for a task that has failed. */
  static String failed(TaskKind kind, String why) {
    return switch (kind) {
      case SCHEDULE -> "Scheduling failed: " + why;
      case COMPARISON -> "The comparison failed: " + why;
    };
  }

  /** The sentence for a task that was stopped. */
  static String cancelled(TaskKind kind, boolean partial) {
    var what = kind == TaskKind.SCHEDULE ? "The schedule" : "The comparison";
    return partial ? what + " was cancelled; the best so far is kept" : what + " was cancelled";
  }
}
