package dev.headway.filling.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Job;
import dev.headway.core.job.Outcome;
import dev.headway.filling.store.PlanStore;
import dev.headway.filling.store.TaskKind;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The routes of schedules.
 *
 * @param common what comparisons have, too
 * @param reader reads requests
 * @param plans has what was found
 */
record ScheduleRoutes(TaskRoutes common, TaskReader reader, PlanStore plans) {
  Routes routes() {
    return new Routes()
        .on("createSchedule", this::create)
        .on("validateSchedule", this::validate)
        .on("getSchedule", this::show)
        .on("listSchedules", common::list)
        .on("cancelSchedule", common::cancel)
        .on("deleteSchedule", common::delete)
        .on("exportSchedule", this::export)
        .on("listStrategies", _ -> strategies());
  }

  private Response create(Request request) {
    var input = reader.read(TaskKind.SCHEDULE, request).accepted();
    var steps = ScheduleWork.PLAN.names();
    var submitted = common.tasks().submit(TaskKind.SCHEDULE, request.principal(), input, steps);
    return common.submitted(request, submitted);
  }

  private Response validate(Request request) {
    var answer = new LinkedHashMap<String, Object>();
    try {
      var draft = reader.read(TaskKind.SCHEDULE, request);
      answer.put("valid", draft.errors().isEmpty());
      answer.put("errors", TaskView.defects(draft.errors()));
      answer.put("warnings", TaskView.defects(draft.warnings()));
      answer.put("lots_count", draft.lots());
    } catch (HeadwayException refused) {
      if (refused.defects().isEmpty()) {
        throw refused;
      }
      answer.put("valid", false);
      answer.put("errors", TaskView.defects(refused.defects()));
      answer.put("warnings", java.util.List.of());
      answer.put("lots_count", 0);
    }
    return Response.ok(answer);
  }

  private Response show(Request request) {
    var found = common.watchable(request);
    var topic = common.tasks().jobs().topic(found.job().id());
    var snapshot = topic.snapshot();
    var present = snapshot.state() instanceof Job job ? new Found(found.task(), job) : found;
    var view = TaskView.at(present, snapshot, request.caller().baseUrl());
    details(present, view);
    return Response.ok(view).with("ETag", "\"" + snapshot.cursor() + "\"");
  }

  /** All errors of a schedule that was refused, all figures and activities of one that has some. */
  private void details(Found found, Map<String, Object> view) {
    var result = found.state().result();
    if (result != null) {
      view.put("kpis_json", JsonCodec.tree(result).path("kpis"));
      planned(found)
          .ifPresent(planned -> view.put("activities_json", TaskView.activities(planned)));
    }
    if (found.job().outcome() instanceof Outcome.Failed(var error)
        && error.code() == ErrorCode.INVALID_INPUT) {
      var input = common.tasks().input(found.task());
      var errors = reader.check().check(TaskKind.SCHEDULE, input).errors();
      view.put("errors", TaskView.defects(errors));
    }
  }

  private Optional<Planned> planned(Found found) {
    if (found.state().result() == null) {
      return Optional.empty();
    }
    var job = found.job();
    return plans.find(job.id(), job.attempt()).stream()
        .findFirst()
        .map(stored -> {
          var input = common.tasks().input(found.task());
          var problem = reader.check().check(TaskKind.SCHEDULE, input).orThrow().problem();
          return Planned.of(problem, stored);
        });
  }

  private Response export(Request request) throws IOException {
    var found = common.watchable(request);
    var planned =
        planned(found)
            .orElseThrow(() ->
                new HeadwayException(
                    ErrorCode.CONFLICT,
                    "Schedule %d is %s and has nothing to export yet"
                        .formatted(found.task().id(), Wording.status(found.job().status()))));
    var format =
        Exports.Format.valueOf(request.query("format").orElse("csv").toUpperCase(Locale.ROOT));
    var view = TaskView.of(found.state());
    details(found, view);
    return Exports.of(found.task(), planned, view, format);
  }

  private Response strategies() {
    return Response.ok(Map.of("strategies", reader.check().catalog().toJson()));
  }
}
