package dev.headway.filling.app;

import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.Progress;
import dev.headway.core.topic.Dialect;
import dev.headway.core.topic.Event;
import dev.headway.core.topic.Frame;
import dev.headway.core.topic.Snapshot;
import dev.headway.filling.store.TaskKind;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.stream.FrameBudget;
import dev.headway.server.stream.JobJson;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The filling sockets: {@code progress}, {@code complete}, {@code error} and {@code ping} frames,
 * each of which shows the whole position.
 *
 * @param kind what is watched
 */
record TaskDialect(TaskKind kind) implements Dialect {
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

  private Frame state(Job job, Instant at) {
    return switch (job.outcome()) {
      case Outcome.Completed(var result) -> {
        var frame = new LinkedHashMap<String, Object>();
        frame.put("type", "complete");
        frame.put("step", "complete");
        frame.put("progress", 100);
        frame.put("message", Wording.done(kind, result));
        frame.put("timestamp", at);
        frame.put("result", result);
        yield frame(frame);
      }
      case Outcome.Failed(var error) -> failed(job, error, at);
      case Outcome.Cancelled(var partial) -> cancelled(job, partial != null, at);
      case null -> frame(position("progress", job, at));
    };
  }

  /** The last position again, to show that the line is alive. */
  Frame ping(Job job, Instant now) {
    return frame(position("ping", job, now));
  }

  private static Map<String, Object> position(String type, Job job, Instant at) {
    var progress = job.progress();
    var frame = new LinkedHashMap<String, Object>();
    frame.put("type", type);
    frame.put("step", Wording.step(progress));
    frame.put("progress", Wording.percent(progress));
    frame.put("message", progress.message());
    frame.put("timestamp", at);
    return frame;
  }

  private Frame failed(Job job, JobError error, Instant at) {
    var details = Objects.requireNonNullElse(error.details(), error.message());
    var frame = position("error", job, at);
    frame.put("message", Progress.cut(Wording.failed(kind, error.message())));
    frame.put("error", error(Wording.code(error.code()), details));
    return frame(frame);
  }

  private Frame cancelled(Job job, boolean partial, Instant at) {
    var text = Wording.cancelled(kind, partial);
    var frame = position("error", job, at);
    frame.put("message", text);
    frame.put("error", error("CANCELLED", text));
    return frame(frame);
  }

  private static Map<String, Object> error(String code, String details) {
    var error = new LinkedHashMap<String, Object>();
    error.put("code", code);
    error.put("details", details);
    return error;
  }

  private static Frame frame(Map<String, Object> frame) {
    var bytes = JsonCodec.bytes(frame);
    if (bytes.length > FrameBudget.FRAME) {
      shorten(frame, "message");
      if (frame.get("error") instanceof Map<?, ?> error) {
        frame.put(
            "error",
            error(
                String.valueOf(error.get("code")),
                JobJson.shorter(String.valueOf(error.get("details")))));
      }
      bytes = JsonCodec.bytes(frame);
    }
    return Frame.text(bytes);
  }

  private static void shorten(Map<String, Object> frame, String key) {
    frame.computeIfPresent(key, (_, text) -> JobJson.shorter((String) text));
  }
}
