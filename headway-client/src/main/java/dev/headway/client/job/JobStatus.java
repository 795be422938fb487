package dev.headway.client.job;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The status of a job. */
public enum JobStatus {
  /** Created. */
  PENDING,
  /** Waits for a worker. */
  QUEUED,
  /** A worker has it. */
  IN_PROGRESS,
  /** Ended with a result. */
  COMPLETED,
  /** Ended with an error. */
  FAILED,
  /** Stopped on request. */
  CANCELLED,
  /** A state that this version of the client does not know. */
  UNKNOWN;

  /** Reads a state's word; {@code running} is the filling and analysis contracts' word. */
  @JsonCreator
  public static JobStatus of(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "pending" -> PENDING;
      case "queued" -> QUEUED;
      case "in_progress", "running" -> IN_PROGRESS;
      case "completed" -> COMPLETED;
      case "failed" -> FAILED;
      case "cancelled" -> CANCELLED;
      default -> UNKNOWN;
    };
  }

  /** The word on the wire. */
  @JsonValue
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Whether the job has ended. */
  public boolean ended() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }
}
