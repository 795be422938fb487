package dev.headway.core.job;

import java.util.Locale;

/** The six states of a job. Only {@link Lifecycle} moves a job from one to another. */
public enum JobStatus {
  /** Created, not yet offered to workers. */
  PENDING,
  /** Offered to workers. */
  QUEUED,
  /** A worker holds the lease. */
  IN_PROGRESS,
  /** Ended with a result. */
  COMPLETED,
  /** Ended with an error. */
  FAILED,
  /** Ended on request. */
  CANCELLED;

  /** Whether the job has ended: no transition leads out of this state. */
  public boolean ended() {
    return this == COMPLETED || this == FAILED || this == CANCELLED;
  }

  /** The name on the wire, for example {@code in_progress}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
