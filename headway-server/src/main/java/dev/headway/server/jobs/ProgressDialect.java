package dev.headway.server.jobs;

import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
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

/**
 * The jobs channel: every event is a progress frame that shows the whole job, because its clients
 * know no other.
 *
 * @param logs whether log lines are shown, in frames without {@code job_id}
 */
record ProgressDialect(boolean logs) implements Dialect {
  @Override
  public @Nullable Frame event(Event event) {
    return switch (event.body()) {
      case JobEvent.Logged(var job, var line) ->
          logs
              ? Frame.text(
                  JsonCodec.bytes(
                      Map.of(
                          "type", "log",
                          "subject", job.id().toString(),
                          "number", line.number(),
                          "stream", line.stream(),
                          "text", line.text(),
                          "timestamp", line.at())))
              : null;
      case JobEvent.AttemptFailed(var job, var attempt, var error) ->
          frame(
              job,
              event.at(),
              Map.of(
                  "failed_attempt",
                  attempt,
                  "error",
                  Map.of("code", error.code().name(), "message", error.message())));
      case JobEvent happened -> frame(happened.job(), event.at(), Map.of("event", happened.type()));
      default -> null; // only jobs are watched here
    };
  }

  @Override
  public List<Frame> state(Snapshot snapshot) {
    return snapshot.state() instanceof Job job
        ? List.of(frame(job, job.times().updated(), Map.of()))
        : List.of();
  }

  private static Frame frame(Job job, Instant at, Map<String, Object> more) {
    var metadata = metadata(job);
    metadata.putAll(more);
    var frame = new LinkedHashMap<String, Object>();
    frame.put("type", "progress");
    frame.put("job_id", job.id().toString());
    frame.put("status", job.status().wireName());
    frame.put("progress", job.progress().percent());
    frame.put("message", message(job));
    frame.put("timestamp", at);
    frame.put("metadata", metadata);
    var bytes = JsonCodec.bytes(frame);
    return Frame.text(bytes.length <= FrameBudget.FRAME ? bytes : smaller(job, frame, metadata));
  }

  private static byte[] smaller(Job job, Map<String, Object> frame, Map<String, Object> metadata) {
    frame.put("message", JobJson.shorter(message(job)));
    if (job.progress().metadata() != null) {
      JsonCodec.tree(job.progress().metadata()).propertyNames().forEach(metadata::remove);
      metadata.putIfAbsent("stage", job.progress().step());
      metadata.put("truncated", true);
    }
    return JsonCodec.bytes(frame);
  }

  private static String message(Job job) {
    return job.outcome() instanceof dev.headway.core.job.Outcome.Failed(var error)
        ? error.message()
        : job.progress().message();
  }

  private static Map<String, Object> metadata(Job job) {
    var progress = job.progress();
    var metadata = new LinkedHashMap<String, Object>();
    if (progress.metadata() != null) {
      JsonCodec.tree(progress.metadata())
          .properties()
          .forEach(entry -> metadata.put(entry.getKey(), entry.getValue()));
    }
    metadata.put("stage", progress.step());
    metadata.put("attempt", job.attempt());
    if (progress.total() != null) {
      metadata.put("done", progress.done());
      metadata.put("total", progress.total());
    }
    if (progress.eta() != null) {
      metadata.put("eta", JobJson.eta(progress.eta()));
    }
    if (job.times().stalledSince() != null) {
      metadata.put("stalled_since", job.times().stalledSince());
    }
    if (job.cancelRequested()) {
      metadata.put("cancel_requested", true);
    }
    JobJson.outcome(job, metadata);
    return metadata;
  }
}
