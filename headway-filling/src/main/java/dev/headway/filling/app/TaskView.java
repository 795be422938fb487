package dev.headway.filling.app;

import dev.headway.core.error.Defect;
import dev.headway.core.topic.Snapshot;
import dev.headway.filling.export.ActivityRow;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.store.TaskState;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.http.Problem;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Tasks as REST shows them, as maps in the order of their keys. */
final class TaskView {
  private static final List<String> HEADLINE =
      List.of("makespan", "utilization", "changeovers", "lots_scheduled", "lower_bound", "gap");

  private TaskView() {}

  /** A task as lists show it: where it stands, and its headline once it has one. */
  static Map<String, Object> of(TaskState state) {
    var task = state.task();
    var view = new LinkedHashMap<String, Object>();
    view.put("id", task.id());
    view.put(task.kind().idKey(), task.id());
    view.put("name", task.name());
    switch (task.kind()) {
      case SCHEDULE -> view.put("strategy", task.strategies().getFirst());
      case COMPARISON -> view.put("strategies", task.strategies());
    }
    view.put("status", Wording.status(state.status()));
    view.put("created_at", state.created());
    view.put("started_at", state.started());
    view.put("completed_at", state.completed());
    view.put("error_message", state.errorMessage());
    view.put("job_id", task.job().toString());
    if (state.result() != null) {
      headline(task.kind(), JsonCodec.tree(state.result()), view);
    }
    return view;
  }

  private static void headline(TaskKind kind, JsonNode result, Map<String, Object> view) {
    switch (kind) {
      case SCHEDULE -> {
        HEADLINE.forEach(name -> view.put(name, result.path(name)));
        view.put("utilization_percent", result.path("kpis").path("utilization_percent"));
      }
      case COMPARISON -> {
        view.put("best_strategy", result.path("best_strategy"));
        view.put("best_makespan", result.path("best_makespan"));
        view.put("recommendation", result.path("recommendation"));
      }
    }
    if (result.path("partial").asBoolean(false)) {
      view.put("partial", true);
    }
    if (result.has("note")) {
      view.put("note", result.path("note"));
    }
  }

  /** A task that can be followed from a place in its log. */
  static Map<String, Object> following(TaskState state, String cursor, String baseUrl) {
    var view = of(state);
    var topic = state.task().kind().topic(state.task().id());
    view.put("cursor", cursor);
    var watch = new LinkedHashMap<String, Object>();
    watch.put(
        "websocket",
        "%s/ws/%s/%d"
            .formatted(baseUrl.replaceFirst("^http", "ws"), topic.kind(), state.task().id()));
    watch.put("stream", topic.toString());
    watch.put("events", "%s/api/v1/topics/%s/events".formatted(baseUrl, topic));
    view.put("watch", watch);
    return view;
  }

  /** A task as it stands at a place in its log, with its progress. */
  static Map<String, Object> at(Found found, Snapshot snapshot, String baseUrl) {
    var view = following(found.state(), snapshot.cursor().toString(), baseUrl);
    var progress = found.job().progress();
    view.put("progress", Wording.percent(progress));
    view.put("step", found.job().ended() ? null : Wording.step(progress));
    view.put("message", progress.message());
    return view;
  }

  /** Activities with timestamps as everywhere. */
  static List<Map<String, Object>> activities(Planned planned) {
    return ActivityRow.of(planned.schedule()).stream().map(TaskView::activity).toList();
  }

  private static Map<String, Object> activity(ActivityRow row) {
    var members = row.toJson();
    members.put("start", JsonCodec.timestamp(row.start()));
    members.put("end", JsonCodec.timestamp(row.end()));
    return members;
  }

  /** Defects as error bodies have them. */
  static List<ObjectNode> defects(List<Defect> defects) {
    return defects.stream().map(Problem::shown).toList();
  }
}
