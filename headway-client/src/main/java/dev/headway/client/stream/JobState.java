package dev.headway.client.stream;

import dev.headway.client.http.Json;
import dev.headway.client.job.Eta;
import dev.headway.client.job.JobStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The present state of a piece of work: its snapshot with every event since applied. Immutable.
 * Equal states look the same to a person.
 */
public final class JobState {
  private final Topic topic;
  private final ObjectNode fields;

  private JobState(Topic topic, ObjectNode fields) {
    this.topic = topic;
    this.fields = fields;
  }

  /** The state of a job of which no more is known than that it was accepted. */
  public static JobState waiting(Topic topic) {
    return new JobState(topic, Json.object().put("status", JobStatus.QUEUED.word()));
  }

  /** The state in a snapshot. */
  public static JobState of(Snapshot snapshot) {
    var fields = Json.object();
    if (snapshot.state() instanceof ObjectNode state) {
      fields.setAll(state);
    }
    return new JobState(snapshot.topic(), fields);
  }

  /**
   * The state after one more event. Events that say nothing about the work's state change nothing.
   */
  public JobState after(Event event) {
    var next = Json.object();
    next.setAll(fields);
    // Left out of an event means unknown by now.
    next.remove(List.of("eta", "stalled_since"));
    if (event.data() instanceof ObjectNode data) {
      next.setAll(data);
    }
    switch (event.type()) {
      case "queued" -> next.put("status", "queued");
      case "started" -> next.put("status", "in_progress").putNull("error");
      case "progress", "steps_declared" -> next.put("status", "in_progress");
      case "stalled" -> next.put("stalled_since", String.valueOf(event.at()));
      case "attempt_failed" -> next.put("status", "queued").remove(List.of("percent", "step"));
      case "cancel_requested" -> next.put("cancel_requested", true);
      case "cancel_too_late" -> next.put("cancel_requested", false);
      case "completed" -> next.put("status", "completed").put("percent", 100.0);
      case "failed", "cancelled" -> next.put("status", event.type());
      default -> {
        return this;
      }
    }
    return new JobState(topic, next);
  }

  JsonNode fields() {
    return fields.deepCopy();
  }

  /** The topic. */
  public Topic topic() {
    return topic;
  }

  /** The kind of work; null when not known. */
  public @Nullable String jobType() {
    return text("job_type");
  }

  /** The status. */
  public JobStatus status() {
    return JobStatus.of(Objects.requireNonNullElse(text("status"), "unknown"));
  }

  /** The number of the attempt, from 1. */
  public int attempt() {
    return fields.path("attempt").asInt(1);
  }

  /** 0 to 100; null when unknown. */
  public @Nullable Double percent() {
    var percent = fields.path("percent");
    return percent.isNumber() ? percent.asDouble() : null;
  }

  /** The step it is in; null when it has none. */
  public @Nullable String step() {
    return text("step");
  }

  /** The names of its steps, in order; empty when unknown. */
  public List<String> steps() {
    var names = new ArrayList<String>();
    for (var step : fields.path("steps")) {
      names.add(step.isString() ? step.asString() : step.path("name").asString(""));
    }
    return List.copyOf(names);
  }

  /** The newest message; null when there is none. */
  public @Nullable String message() {
    return text("message");
  }

  /** The time left; null when unknown. */
  public @Nullable Eta eta() {
    var eta = fields.path("eta");
    return eta.isObject() && !status().ended() ? Json.convert(eta, Eta.class) : null;
  }

  /** Whether the job has stalled. */
  public boolean stalled() {
    return !status().ended() && present("stalled_since");
  }

  /** Whether a cancellation was requested. */
  public boolean cancelRequested() {
    return !status().ended() && fields.path("cancel_requested").asBoolean(false);
  }

  /** Its result; a missing node before the end, or when it is too large for an event. */
  public JsonNode result() {
    return fields.path("result");
  }

  /** The error message; null when there is none. */
  public @Nullable String error() {
    var error = fields.path("error");
    if (error.isObject()) {
      return error.path("message").asString(error.toString());
    }
    return error.isString() ? error.asString() : null;
  }

  private boolean present(String name) {
    return !fields.path(name).isNull() && !fields.path(name).isMissingNode();
  }

  private @Nullable String text(String name) {
    var value = fields.path(name);
    return value.isString() ? value.asString() : null;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof JobState that && topic.equals(that.topic) && fields.equals(that.fields);
  }

  @Override
  public int hashCode() {
    return Objects.hash(topic, fields);
  }

  @Override
  public String toString() {
    return topic + " " + fields;
  }
}
