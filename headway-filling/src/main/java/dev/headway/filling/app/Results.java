package dev.headway.filling.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.job.Outcome;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.model.Problem;
import dev.headway.filling.store.PlanStore;
import dev.headway.server.http.JsonCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What tasks have come to, whole: the headline is the job's own, the rest follows from the plans
 * that were kept. Thread-safe; blocks.
 *
 * @param tasks has what was asked for
 * @param plans has what was found
 * @param check reads it
 * @param planning makes the plan that others are measured against
 */
record Results(Tasks tasks, PlanStore plans, InputCheck check, Planning planning) {
  /** Adds the figures and activities of a schedule, or all that was wrong with its input. */
  void schedule(Found found, Map<String, Object> view) {
    var result = found.state().result();
    if (result != null) {
      view.put("kpis_json", JsonCodec.tree(result).path("kpis"));
      for (var planned : planned(found)) {
        view.put("activities_json", TaskView.activities(planned));
      }
    }
    defects(found, view);
  }

  private void defects(Found found, Map<String, Object> view) {
    if (found.job().outcome() instanceof Outcome.Failed(var error)
        && error.code() == ErrorCode.INVALID_INPUT) {
      var errors = check.check(found.task().kind(), tasks.input(found.task())).errors();
      view.put("errors", TaskView.defects(errors));
    }
  }

  /** The plans of a task that has a result, laid out; none of one that has not. */
  List<Planned> planned(Found found) {
    var job = found.job();
    if (found.state().result() == null) {
      return List.of();
    }
    var problem = problem(found);
    return plans.find(job.id(), job.attempt()).stream()
        .map(stored -> Planned.of(problem, stored))
        .toList();
  }

  private Problem problem(Found found) {
    return check.check(found.task().kind(), tasks.input(found.task())).orThrow().problem();
  }

  /** Adds a comparison's row for each strategy. */
  void comparison(Found found, Map<String, Object> view) {
    var result = found.state().result();
    if (result == null) {
      view.put("results", waiting(found));
      defects(found, view);
      return;
    }
    var byStrategy = new HashMap<String, Planned>();
    planned(found).forEach(planned -> byStrategy.put(planned.stored().strategy(), planned));
    var given = planning.given(problem(found), found.job().times().created()).kpis();
    var rows = new ArrayList<Map<String, Object>>();
    for (var row : JsonCodec.tree(result).path("strategies").values()) {
      rows.add(row(row, byStrategy, given));
    }
    view.put("results", rows);
  }

  private static List<Map<String, Object>> waiting(Found found) {
    var status = Wording.status(found.job().status());
    return found.task().strategies().stream()
        .map(strategy -> Map.<String, Object>of("strategy", strategy, "status", status))
        .toList();
  }

  private static Map<String, Object> row(
      JsonNode summary, Map<String, Planned> byStrategy, Kpis given) {
    var row = new LinkedHashMap<String, Object>();
    summary.properties().forEach(entry -> row.put(entry.getKey(), entry.getValue()));
    var planned = byStrategy.get(summary.path("strategy").asString());
    if (planned != null) {
      row.put("kpis_json", KpiJson.all(planned.kpis(), given));
      row.put("activities_json", TaskView.activities(planned));
    }
    return row;
  }
}
