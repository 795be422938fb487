package dev.headway.server.mcp;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Explanations of jobs in sentences: why they failed, stalled or wait. Stateless. */
final class JobExplanation {
  private JobExplanation() {}

  /**
   * Explains a job.
   *
   * @param job as REST shows it
   * @param lines the last of its log
   */
  static String of(JsonNode job, List<String> lines) {
    var said = new ArrayList<String>();
    said.add(state(job));
    said.add(attempts(job));
    said.add(where(job));
    said.add(remedy(job));
    if (!lines.isEmpty()) {
      said.add("The last lines of its log:\n" + String.join("\n", lines));
    }
    said.removeIf(String::isEmpty);
    return String.join("\n", said);
  }

  private static String state(JsonNode job) {
    var name = text(job, "name").isEmpty() ? text(job, "job_type") : text(job, "name");
    return switch (text(job, "status")) {
      case "failed" ->
          "%s failed at %s: %s (%s)."
              .formatted(
                  name,
                  text(job, "completed_at"),
                  text(job, "error_message"),
                  text(job, "error_code"));
      case "cancelled" -> "%s was cancelled at %s.".formatted(name, text(job, "completed_at"));
      case "completed" -> "%s has completed at %s.".formatted(name, text(job, "completed_at"));
      case "in_progress" -> running(name, job);
      default -> waiting(name, job);
    };
  }

  private static String running(String name, JsonNode job) {
    if (!text(job, "stalled_since").isEmpty()) {
      return "%s has stalled: its worker has been silent since %s."
          .formatted(name, text(job, "stalled_since"));
    }
    return job.path("cancel_requested").asBoolean()
        ? name + " was asked to stop and has not stopped yet."
        : name + " is running.";
  }

  private static String waiting(String name, JsonNode job) {
    var queue = "%s waits in the queue %s".formatted(name, text(job, "queue"));
    if (!text(job, "run_at").isEmpty()) {
      return "%s until %s.".formatted(queue, text(job, "run_at"));
    }
    var position = job.path("queue_position");
    var place = position.isNumber() ? " at position " + position.asInt() : "";
    var worker = job.path("external").asBoolean() ? ", until a worker claims it." : ".";
    return queue + place + worker;
  }

  private static String attempts(JsonNode job) {
    return "Attempt %d of %d."
        .formatted(job.path("attempt").asInt(), job.path("max_attempts").asInt());
  }

  private static String where(JsonNode job) {
    var percent = job.path("progress");
    var at = percent.isNumber() ? "It had come to %.0f %%".formatted(percent.asDouble()) : "";
    var stage = text(job, "stage");
    var step = stage.isEmpty() ? "" : " in the step “" + stage + "”";
    var message = text(job, "message");
    var saying = message.isEmpty() ? "" : ", saying “" + message + "”";
    return at.isEmpty() ? "" : at + step + saying + ".";
  }

  private static String remedy(JsonNode job) {
    return switch (text(job, "error_code")) {
      case "WORKER_LOST" ->
          "Its worker fell silent until the lease had run out: the process was killed, its machine slept or lost the"
              + " network. See the worker's own log; retry_job does it again.";
      case "TIMEOUT_ERROR" -> "It took longer than it was given; retry_job does it again.";
      case "" -> "";
      default -> "When the cause has been removed, retry_job does it again as a new job.";
    };
  }

  private static String text(JsonNode job, String member) {
    return job.path(member).asString("");
  }
}
