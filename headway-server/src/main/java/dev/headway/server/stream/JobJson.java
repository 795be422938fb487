package dev.headway.server.stream;

import dev.headway.core.job.Eta;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.server.http.JsonCodec;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A job and its events as the native stream writes them, as maps in the order of their keys. */
public final class JobJson {
  private JobJson() {}

  /** The {@code data} of an event. */
  static Map<String, Object> data(JobEvent event) {
    return switch (event) {
      case JobEvent.Logged(_, var line) -> {
        var data = new LinkedHashMap<String, Object>();
        data.put("number", line.number());
        data.put("at", line.at());
        data.put("stream", line.stream());
        data.put("text", line.text());
        yield data;
      }
      case JobEvent.AttemptFailed(var job, var attempt, var error) -> {
        var data = new LinkedHashMap<String, Object>();
        data.put("attempt", attempt);
        data.put("error", error(error));
        data.put("next_attempt", job.attempt());
        data.put("max_attempts", job.spec().maxAttempts());
        yield data;
      }
      case JobEvent.Queued(var job) -> position(job);
      case JobEvent.Started(var job) -> position(job);
      case JobEvent.Progressed(var job) -> position(job);
      case JobEvent.Stalled(var job) -> position(job);
      case JobEvent.CancelRequested(var job) -> position(job);
      case JobEvent.CancelTooLate(var job) -> position(job);
      case JobEvent.Completed(var job) -> position(job);
      case JobEvent.Failed(var job) -> position(job);
      case JobEvent.Cancelled(var job) -> position(job);
    };
  }

  private static Map<String, Object> position(Job job) {
    var data = new LinkedHashMap<String, Object>();
    data.put("job_type", job.spec().type());
    data.put("status", job.status().wireName());
    data.put("attempt", job.attempt());
    var progress = job.progress();
    put(data, "percent", progress.percent());
    put(data, "step", progress.step());
    data.put("message", progress.message());
    put(data, "done", progress.done());
    put(data, "total", progress.total());
    put(data, "eta", eta(progress.eta()));
    put(data, "metadata", progress.metadata());
    put(data, "stalled_since", job.times().stalledSince());
    outcome(job, data);
    return data;
  }

  /** A job's snapshot: enough to draw its page. */
  static Map<String, Object> snapshot(Job job) {
    var data = new LinkedHashMap<String, Object>();
    data.put("job_id", job.id().toString());
    data.putAll(position(job));
    data.putIfAbsent("percent", null);
    data.putIfAbsent("step", null);
    data.putIfAbsent("eta", null);
    data.put("steps", job.steps());
    data.put("owner", job.spec().owner());
    data.put("created_at", job.times().created());
    data.put("started_at", job.times().started());
    data.put("completed_at", job.times().completed());
    data.put("cancel_requested", job.cancelRequested());
    return data;
  }

  /** Puts how a job ended: the whole of it, or where it can be had when it is too large. */
  public static void outcome(Job job, Map<String, Object> data) {
    switch (job.outcome()) {
      case Outcome.Completed(var result) -> result(job, result, data);
      case Outcome.Failed(var error) -> data.put("error", error(error));
      case Outcome.Cancelled(var partial) when partial != null -> {
        result(job, partial, data);
        data.put("partial", true);
      }
      case Outcome.Cancelled _ -> {}
      case null -> {}
    }
  }

  private static void result(Job job, Json result, Map<String, Object> data) {
    if (result.text().getBytes(StandardCharsets.UTF_8).length <= FrameBudget.RESULT) {
      data.put("result", result);
    } else {
      data.put("result_url", "/api/v1/jobs/" + job.id());
    }
  }

  /** An error as the native stream writes it. */
  static Map<String, Object> error(JobError error) {
    var data = new LinkedHashMap<String, Object>();
    data.put("code", error.code().name());
    data.put("message", error.message());
    put(data, "details", error.details());
    return data;
  }

  /** An estimate with its interval, rounded to tenths of a second; null when unknown. */
  public static @Nullable Map<String, Object> eta(@Nullable Eta eta) {
    if (eta == null) {
      return null;
    }
    var data = new LinkedHashMap<String, Object>();
    data.put("seconds", tenths(eta.seconds()));
    data.put("low", tenths(eta.low()));
    data.put("high", tenths(eta.high()));
    return data;
  }

  private static double tenths(double seconds) {
    return Math.round(seconds * 10) / 10.0;
  }

  private static void put(Map<String, Object> data, String key, @Nullable Object value) {
    if (value != null) {
      data.put(key, value);
    }
  }

  /** Writes a map and, if that is over the budget, writes it again with less in it. */
  static byte[] withinBudget(Map<String, Object> frame, Map<String, Object> data) {
    var bytes = JsonCodec.bytes(frame);
    if (bytes.length <= FrameBudget.FRAME) {
      return bytes;
    }
    data.remove("metadata");
    data.computeIfPresent("message", (_, text) -> shorter((String) text));
    data.put("truncated", true);
    return JsonCodec.bytes(frame);
  }

  /** Cuts a text at what is left to it in a frame that is too large. */
  public static String shorter(String text) {
    return text.length() <= FrameBudget.SHORT_MESSAGE
        ? text
        : text.substring(0, FrameBudget.SHORT_MESSAGE - 1) + "…";
  }
}
