package dev.headway.fpl.app;

import dev.headway.core.job.Job;
import dev.headway.core.job.JobStatus;
import dev.headway.core.job.Progress;
import dev.headway.fpl.advice.Phase;
import java.util.Objects;

/** The analysis contract's words for states, phases and errors. */
final class AnalysisWords {
  /** The sentence for an analysis that was stopped. */
  static final String CANCELLED = "Analysis cancelled";

  private static final String QUEUED = "queued";

  private AnalysisWords() {}

  /** A state: pending and queued are one. */
  static String status(JobStatus status) {
    return switch (status) {
      case PENDING, QUEUED -> QUEUED;
      case IN_PROGRESS -> "running";
      case COMPLETED -> "completed";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
    };
  }

  /** The phase that an analysis is in, or was in when it ended without an answer. */
  static String phase(Job job) {
    return switch (job.status()) {
      case PENDING, QUEUED -> QUEUED;
      case COMPLETED -> Phase.COMPLETED.key();
      case IN_PROGRESS, FAILED, CANCELLED ->
          Objects.requireNonNullElse(job.progress().step(), Phase.INITIALIZING.key());
    };
  }

  /** A percentage from 0 to 100, rounded down to hundredths. */
  static double percent(Progress progress) {
    return Math.floor(Objects.requireNonNullElse(progress.percent(), 0.0) * 100) / 100;
  }

  /** The sentence for an analysis that has failed. */
  static String failed(String why) {
    return "Analysis failed: " + why;
  }
}
