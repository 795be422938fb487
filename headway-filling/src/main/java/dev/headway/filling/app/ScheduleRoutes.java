package dev.headway.filling.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.filling.store.TaskKind;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The routes of schedules.
 *
 * @param common what comparisons have, too
 * @param reader reads requests
 * @param results has what was found
 */
record ScheduleRoutes(TaskRoutes common, TaskReader reader, Results results) {
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
      answer.put("warnings", List.of());
      answer.put("lots_count", 0);
    }
    return Response.ok(answer);
  }

  private Response show(Request request) {
    return common.shown(request, results::schedule);
  }

  private Response export(Request request) throws IOException {
    var found = common.watchable(request);
    var planned =
        results.planned(found).stream()
            .findFirst()
            .orElseThrow(() ->
                new HeadwayException(
                    ErrorCode.CONFLICT,
                    "Schedule %d is %s and has nothing to export yet"
                        .formatted(found.task().id(), Wording.status(found.job().status()))));
    var format =
        Exports.Format.valueOf(request.query("format").orElse("csv").toUpperCase(Locale.ROOT));
    var view = TaskView.of(found.state());
    results.schedule(found, view);
    return Exports.of(found.task(), planned, view, format);
  }

  private Response strategies() {
    return Response.ok(Map.of("strategies", reader.check().catalog().toJson()));
  }
}
