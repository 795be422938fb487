package dev.headway.fpl.app;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome;
import dev.headway.fpl.advice.AnalysisBody;
import dev.headway.fpl.store.StoredAnalysis;
import dev.headway.server.work.WatchLinks;
import dev.headway.server.work.WorkState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An analysis as lists show it.
 *
 * @param name what its owner calls it; null for nothing
 * @param error why it failed; null when it did not
 * @param failure more about it; null when it did not fail
 */
record AnalysisView(
    UUID analysisId,
    UUID jobId,
    int teamId,
    @Nullable String name,
    String status,
    double progress,
    String phase,
    String message,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable String error,
    @JsonUnwrapped @Nullable Failure failure) {

  /** The code and details of a failure. */
  private record Failure(String errorCode, @Nullable String errorDetails) {}

  /** An analysis with the cursor and the addresses from which it can be watched. */
  record Watchable(@JsonUnwrapped AnalysisView analysis, String cursor, WatchLinks watch) {}

  /**
   * An analysis with its question and its decision.
   *
   * @param request what was asked, without a table of projections
   * @param results null before there is one
   */
  record Whole(@JsonUnwrapped Watchable analysis, AnalysisBody request, @Nullable Json results) {
    static Whole of(Watchable analysis, AnalysisBody request, Job job) {
      return new Whole(
          analysis, request, job.outcome() instanceof Outcome.Completed(var made) ? made : null);
    }
  }

  static AnalysisView of(WorkState<StoredAnalysis> state) {
    var job = state.job();
    var error = job.outcome() instanceof Outcome.Failed(var why) ? why : null;
    return new AnalysisView(
        job.id(),
        job.id(),
        state.item().teamId(),
        state.item().name(),
        AnalysisWords.status(job.status()),
        AnalysisWords.percent(job.progress()),
        AnalysisWords.phase(job),
        job.progress().message(),
        job.times().created(),
        job.times().started(),
        job.times().completed(),
        error == null ? null : error.message(),
        error == null ? null : new Failure(error.code().name(), error.details()));
  }
}
