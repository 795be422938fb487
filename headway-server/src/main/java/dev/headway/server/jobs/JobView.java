package dev.headway.server.jobs;

import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.job.Outcome;
import dev.headway.server.stream.JobJson;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A job as REST shows it, as a map in the order of its keys. */
public final class JobView {
  private JobView() {}

  /** The whole of it. */
  public static Map<String, Object> of(Job job) {
    var spec = job.spec();
    var view = new LinkedHashMap<String, Object>();
    view.put("id", job.id().toString());
    view.put("job_type", spec.type());
    view.put("status", job.status().wireName());
    view.put("priority", spec.priority());
    view.put("progress", job.progress().percent());
    view.put("stage", job.progress().step());
    view.put("message", job.progress().message());
    view.put("payload", spec.payload());
    view.put("result_payload", result(job));
    view.put("error_message", errorMessage(job));
    view.put("error_code", errorCode(job));
    view.put("attempt", job.attempt());
    view.put("max_attempts", spec.maxAttempts());
    view.put("eta", JobJson.eta(job.progress().eta()));
    times(job, view);
    view.put("owner", spec.owner());
    view.put("queue", spec.queue());
    view.put("external", spec.external());
    view.put("steps", job.steps());
    view.put("metadata", job.progress().metadata());
    view.put("cancel_requested", job.cancelRequested());
    view.put("retry_of", text(spec.retryOf()));
    view.put("parent_id", spec.family() == null ? null : text(spec.family().parent()));
    return view;
  }

  private static void times(Job job, Map<String, Object> view) {
    var times = job.times();
    view.put("created_at", times.created());
    view.put("started_at", times.started());
    view.put("updated_at", times.updated());
    view.put("completed_at", times.completed());
    view.put("stalled_since", times.stalledSince());
  }

  private static @Nullable String text(@Nullable Object value) {
    return value == null ? null : Objects.toString(value);
  }

  private static @Nullable Json result(Job job) {
    return switch (job.outcome()) {
      case Outcome.Completed(var result) -> result;
      case Outcome.Cancelled(var partial) -> partial;
      case Outcome.Failed _ -> null;
      case null -> null;
    };
  }

  private static @Nullable String errorMessage(Job job) {
    return job.outcome() instanceof Outcome.Failed(var error) ? error.message() : null;
  }

  private static @Nullable String errorCode(Job job) {
    return job.outcome() instanceof Outcome.Failed(var error) ? error.code().name() : null;
  }

  /** A job as the answer to its creation. */
  static Map<String, Object> submitted(Job job, String cursor, String baseUrl) {
    var view = of(job);
    view.put("cursor", cursor);
    view.put("watch", watch(job.id().toString(), baseUrl));
    return view;
  }

  private static Map<String, Object> watch(String id, String baseUrl) {
    var sockets = baseUrl.replaceFirst("^http", "ws");
    return Map.of(
        "websocket", sockets + "/progress/ws/" + id,
        "stream", "job:" + id,
        "events", baseUrl + "/api/v1/jobs/" + id + "/events");
  }
}
