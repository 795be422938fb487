package dev.headway.filling.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.core.error.HeadwayException;
import dev.headway.filling.input.FilePreview;
import dev.headway.filling.store.Task;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.work.PlannedSchedule;
import dev.headway.filling.work.ScheduleWork;
import dev.headway.filling.work.StrategyCatalog;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.work.WorkState;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The routes of schedules.
 *
 * @param common those that comparisons have, too
 * @param reader reads requests
 * @param results has what was found
 * @param replans reads requests to plan again
 * @param versions has plans that people have changed
 */
record ScheduleRoutes(
    TaskRoutes common,
    TaskRequestReader reader,
    TaskResults results,
    Replans replans,
    VersionRoutes versions) {
  /** The answer to a check of lots and settings. */
  private record Validation(
      boolean valid,
      List<ObjectNode> errors,
      List<ObjectNode> warnings,
      int lotsCount,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable FilePreview preview) {}

  /** All strategies. */
  private record Strategies(List<StrategyCatalog.Entry> strategies) {}

  /** A schedule as a JSON file. */
  private record ExportedSchedule(
      @JsonUnwrapped TaskView schedule, @JsonUnwrapped TaskResults.Details details) {}

  Routes routes() {
    return new Routes()
        .on("createSchedule", this::create)
        .on("validateSchedule", this::validate)
        .on("getSchedule", request -> common.show(request, results::schedule))
        .on("listSchedules", common::list)
        .on("cancelSchedule", common::cancel)
        .on("deleteSchedule", common::delete)
        .on("replanSchedule", this::replan)
        .on("exportSchedule", this::export)
        .on("listStrategies", _ -> strategies());
  }

  private Response create(Request request) {
    var input = reader.read(TaskKind.SCHEDULE, request).accepted();
    return common.create(request, input, ScheduleWork.PLAN.names());
  }

  private Response replan(Request request) {
    var input = replans.input(request, common.work().watchable(request));
    return common.create(request, input, ScheduleWork.PLAN.names());
  }

  private Response validate(Request request) {
    try {
      var draft = reader.read(TaskKind.SCHEDULE, request);
      return Response.ok(
          new Validation(
              draft.errors().isEmpty(),
              TaskResults.shown(draft.errors()),
              TaskResults.shown(draft.warnings()),
              draft.lots(),
              draft.preview()));
    } catch (HeadwayException refused) {
      if (refused.defects().isEmpty()) {
        throw refused;
      }
      var errors = TaskResults.shown(refused.defects());
      return Response.ok(new Validation(false, errors, List.of(), 0, null));
    }
  }

  private Response export(Request request) throws IOException {
    var state = common.work().watchable(request);
    var format =
        Exports.FileFormat.valueOf(request.query("format").orElse("csv").toUpperCase(Locale.ROOT));
    var planned = exported(request, state, format);
    var task = state.item();
    return format == Exports.FileFormat.JSON
        ? Exports.json(
            task, new ExportedSchedule(TaskView.of(task, state.job()), results.schedule(state)))
        : Exports.of(state, planned, format);
  }

  /** The version that was asked for; a calendar follows what is published. */
  private PlannedSchedule exported(
      Request request, WorkState<Task> state, Exports.FileFormat format) {
    var number = request.query("version");
    if (number.isPresent()) {
      return versions.planned(state, Integer.parseInt(number.get()));
    }
    var published =
        format == Exports.FileFormat.ICS
            ? versions.published(state)
            : Optional.<PlannedSchedule>empty();
    return published.orElseGet(() ->
        results.planned(state).stream().findFirst().orElseThrow(() -> TaskResults.noPlan(state)));
  }

  private Response strategies() {
    return Response.ok(new Strategies(reader.check().catalog().entries()));
  }
}
