package dev.headway.fpl.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Progress;
import dev.headway.core.topic.Frame;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection.Close;
import dev.headway.server.stream.FrameBudget;
import dev.headway.server.stream.JobJson;
import dev.headway.server.work.WorkProtocol;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The analysis socket: {@code progress}, {@code complete}, {@code error} and heartbeats. */
public record AnalysisDialect() implements WorkProtocol {
  /** The close code after the error frame of an analysis that failed or was cancelled. */
  private static final int FAILED = 4000;

  /** The close code where there is no such analysis, as far as the client may know. */
  private static final int NOT_FOUND = 4004;

  /**
   * A position.
   *
   * @param partial what is known before the end; null for nothing
   */
  private record ProgressFrame(
      String type,
      double progress,
      String phase,
      String message,
      Instant timestamp,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Json partial) {}

  /**
   * A decision.
   *
   * @param results the whole of it, or its summary
   * @param resultUrl the path of the whole when this is a summary; else null
   */
  private record CompleteFrame(
      String type,
      UUID analysisId,
      String status,
      Object results,
      Instant timestamp,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String resultUrl) {}

  /** A fault of the analysis or of a message of the client's. */
  private record ErrorFrame(
      String type, String message, String error, @Nullable String details, Instant timestamp) {
    static ErrorFrame of(String message, String error, @Nullable String details, Instant at) {
      return new ErrorFrame("error", message, error, details, at);
    }
  }

  /** A sign of life. */
  private record HeartbeatFrame(String type, String status, double progress, Instant timestamp) {}

  @Override
  public Frame position(Job job, Instant at) {
    return switch (job.outcome()) {
      case Outcome.Completed(var result) -> complete(job, result, at);
      case Outcome.Failed(var error) -> failed(error, at);
      case Outcome.Cancelled _ ->
          encoded(ErrorFrame.of(AnalysisWords.CANCELLED, "CANCELLED", null, at));
      case null -> progress(job, at);
    };
  }

  private static Frame encoded(Record frame) {
    return Frame.text(JsonCodec.bytes(frame));
  }

  private static Frame progress(Job job, Instant at) {
    var progress = job.progress();
    return encoded(
        new ProgressFrame(
            "progress",
            AnalysisWords.percent(progress),
            AnalysisWords.phase(job),
            progress.message(),
            at,
            progress.metadata()));
  }

  private static Frame complete(Job job, Json result, Instant at) {
    var status = AnalysisWords.status(job.status());
    var whole = encoded(new CompleteFrame("complete", job.id(), status, result, at, null));
    if (whole.bytes().length <= FrameBudget.FRAME) {
      return whole;
    }
    var url = StoredAnalyses.location(job.id().toString());
    var summary = DecisionSummary.of(JsonCodec.tree(result), url);
    return encoded(new CompleteFrame("complete", job.id(), status, summary, at, url));
  }

  private static Frame failed(JobError error, Instant at) {
    var message = Progress.cut(AnalysisWords.failed(error.message()));
    var code = error.code().name();
    var frame = encoded(ErrorFrame.of(message, code, error.details(), at));
    return frame.bytes().length <= FrameBudget.FRAME
        ? frame
        : encoded(ErrorFrame.of(JobJson.shorter(message), code, shorter(error.details()), at));
  }

  private static @Nullable String shorter(@Nullable String details) {
    return details == null ? null : JobJson.shorter(details);
  }

  @Override
  public Frame heartbeat(Job job, Instant now) {
    var status = AnalysisWords.status(job.status());
    var percent = AnalysisWords.percent(job.progress());
    return encoded(new HeartbeatFrame("heartbeat", status, percent, now));
  }

  @Override
  public Close ended(Job job) {
    return job.outcome() instanceof Outcome.Completed
        ? new Close(CloseCodes.NORMAL, "Completed")
        : new Close(FAILED, "Analysis failed");
  }

  @Override
  public Ending refused(Refusal why, Instant now) {
    return switch (why) {
      case Refusal.NotAuthenticated _ ->
          new Ending(
              rejected(ErrorCode.AUTHENTICATION_ERROR, "Not authenticated", now),
              new Close(CloseCodes.POLICY, "Not authenticated"));
      case Refusal.NotFound _, Refusal.Deleted _ ->
          new Ending(
              rejected(ErrorCode.NOT_FOUND, "Analysis not found", now),
              new Close(NOT_FOUND, "Analysis not found"));
    };
  }

  @Override
  public Frame rejected(ErrorCode code, String text, Instant now) {
    return encoded(ErrorFrame.of(text, code.name(), null, now));
  }
}
