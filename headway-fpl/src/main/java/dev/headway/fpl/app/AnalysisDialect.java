package dev.headway.fpl.app;

import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Progress;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.stream.FrameBudget;
import dev.headway.server.stream.JobJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The analysis socket: {@code progress}, {@code complete}, {@code error} and heartbeats. */
record AnalysisDialect() implements Dialect {
  @Override
  public @Nullable Frame event(Event event) {
    return switch (event.body()) {
      case JobEvent.Queued(var job) -> state(job, event.at());
      case JobEvent.Progressed(var job) -> state(job, event.at());
      case JobEvent.AttemptFailed(var job, _, _) -> state(job, event.at());
      case JobEvent.Completed(var job) -> state(job, event.at());
      case JobEvent.Failed(var job) -> state(job, event.at());
      case JobEvent.Cancelled(var job) -> state(job, event.at());
      default -> null; // what changes neither the position nor the end
    };
  }

  @Override
  public List<Frame> state(Snapshot snapshot) {
    return snapshot.state() instanceof Job job
        ? List.of(state(job, job.times().updated()))
        : List.of();
  }

  private static Frame state(Job job, Instant at) {
    return switch (job.outcome()) {
      case Outcome.Completed(var result) -> complete(job, result, at);
      case Outcome.Failed(var error) -> failed(error, at);
      case Outcome.Cancelled _ -> error(Wording.CANCELLED, "CANCELLED", null, at);
      case null -> progress(job, at);
    };
  }

  private static Frame progress(Job job, Instant at) {
    var progress = job.progress();
    var frame = new LinkedHashMap<String, Object>();
    frame.put("type", "progress");
    frame.put("progress", Wording.percent(progress));
    frame.put("phase", Wording.phase(job));
    frame.put("message", progress.message());
    frame.put("timestamp", at);
    if (progress.metadata() != null) {
      frame.put("partial", progress.metadata());
    }
    return Frame.text(JsonCodec.bytes(frame));
  }

  private static Frame complete(Job job, Json result, Instant at) {
    var frame = new LinkedHashMap<String, Object>();
    frame.put("type", "complete");
    frame.put("analysis_id", job.id().toString());
    frame.put("status", Wording.status(job.status()));
    frame.put("results", result);
    frame.put("timestamp", at);
    var bytes = JsonCodec.bytes(frame);
    if (bytes.length > FrameBudget.FRAME) {
      var url = "/api/v1/analyze/" + job.id();
      frame.put("results", Summary.of(JsonCodec.tree(result), url));
      frame.put("result_url", url);
      bytes = JsonCodec.bytes(frame);
    }
    return Frame.text(bytes);
  }

  private static Frame failed(JobError error, Instant at) {
    var message = Progress.cut(Wording.failed(error.message()));
    var frame = error(message, error.code().name(), error.details(), at);
    return frame.bytes().length <= FrameBudget.FRAME
        ? frame
        : error(JobJson.shorter(message), error.code().name(), shorter(error.details()), at);
  }

  private static @Nullable String shorter(@Nullable String details) {
    return details == null ? null : JobJson.shorter(details);
  }

  /** What went wrong, with the analysis or with a message of the client's. */
  static Frame error(String message, String code, @Nullable String details, Instant at) {
    var frame = new LinkedHashMap<String, @Nullable Object>();
    frame.put("type", "error");
    frame.put("message", message);
    frame.put("error", code);
    frame.put("details", details);
    frame.put("timestamp", at);
    return Frame.text(JsonCodec.bytes(frame));
  }

  /** Shows that the line is alive. */
  static Frame heartbeat(Job job, Instant now) {
    Map<String, Object> frame = new LinkedHashMap<>();
    frame.put("type", "heartbeat");
    frame.put("status", Wording.status(job.status()));
    frame.put("progress", Wording.percent(job.progress()));
    frame.put("timestamp", now);
    return Frame.text(JsonCodec.bytes(frame));
  }
}
