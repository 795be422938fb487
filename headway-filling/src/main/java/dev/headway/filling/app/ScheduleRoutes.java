package dev.headway.filling.app;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Outcome;
import dev.headway.filling.input.FilePreview;
import dev.headway.filling.revision.Revision;
import dev.headway.filling.store.Task;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.work.ScheduleWork;
import dev.headway.filling.work.StrategyCatalog;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.work.WorkState;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * The routes of schedules.
 *
 * @param common those that comparisons have, too
 * @param reader reads requests
 * @param results has what was found
 * @param replans reads requests to plan again
 */
record ScheduleRoutes(
    TaskRoutes common, TaskRequestReader reader, TaskResults results, Replans replans) {
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
        .on("checkPlan", this::check)
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

  private Response check(Request request) {
    var state = common.work().watchable(request);
    var body = request.json(MovesBody.class);
    var base = results.base(state).orElseThrow(() -> noPlan(state));
    var revision = Revision.of(base.assignment().problem(), base.planned().stored(), body.moves());
    return Response.ok(RevisionView.of(revision, base.planned().kpis()));
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
    var planned = results.planned(state).stream().findFirst().orElseThrow(() -> noPlan(state));
    var format =
        Exports.FileFormat.valueOf(request.query("format").orElse("csv").toUpperCase(Locale.ROOT));
    var task = state.item();
    return format == Exports.FileFormat.JSON
        ? Exports.json(
            task, new ExportedSchedule(TaskView.of(task, state.job()), results.schedule(state)))
        : Exports.of(state, planned, format);
  }

  private static HeadwayException noPlan(WorkState<Task> state) {
    return new HeadwayException(
        ErrorCode.CONFLICT,
        state.job().outcome() instanceof Outcome.Completed
            ? "The lots of schedule %d can no longer be read as they were; plan them again"
                .formatted(state.item().id())
            : "Schedule %d is %s and has no plan yet"
                .formatted(state.item().id(), TaskWords.status(state.job().status())));
  }

  private Response strategies() {
    return Response.ok(new Strategies(reader.check().catalog().entries()));
  }
}
