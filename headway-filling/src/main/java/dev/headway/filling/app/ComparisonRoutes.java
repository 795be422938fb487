package dev.headway.filling.app;

import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.filling.store.PlanPlace;
import dev.headway.filling.store.Task;
import dev.headway.filling.store.TaskInput;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.strategy.Strategy;
import dev.headway.filling.work.ComparisonWork;
import dev.headway.filling.work.PlannedSchedule;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.work.WorkState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * The routes of comparisons.
 *
 * @param common those that schedules have, too
 * @param schedules takes a plan that is adopted
 * @param reader reads requests
 * @param results has what was found
 */
record ComparisonRoutes(
    TaskRoutes common, TaskRoutes schedules, TaskRequestReader reader, TaskResults results) {
  Routes routes() {
    return new Routes()
        .on("createComparison", this::create)
        .on("getComparison", request -> common.show(request, results::comparison))
        .on("listComparisons", common::list)
        .on("cancelComparison", common::cancel)
        .on("adoptPlan", this::adopt)
        .on("deleteComparison", common::delete);
  }

  private Response create(Request request) {
    var input = reader.read(TaskKind.COMPARISON, request).accepted();
    return common.create(request, input, ComparisonWork.steps(input.strategies().size()));
  }

  private Response adopt(Request request) {
    var state = common.work().watchable(request);
    var body = request.json(AdoptBody.class);
    var strategy = strategy(request, body);
    var base = results.base(state).orElseThrow(() -> noPlan(state, strategy));
    var plan =
        results.planned(state).stream()
            .map(PlannedSchedule::stored)
            .filter(stored -> stored.strategy().equals(strategy))
            .findFirst()
            .orElseThrow(() -> noPlan(state, strategy));
    var name = body.name() == null || body.name().isBlank() ? state.item().name() : body.name();
    var input =
        new TaskInput(
            name.strip(),
            List.of(strategy),
            JsonCodec.json(from(base.input(), plan.start())),
            base.input().lots());
    var place = new PlanPlace(state.job().id(), state.job().attempt(), plan.position());
    return schedules.adopt(request, input, place);
  }

  private static String strategy(Request request, AdoptBody body) {
    var defects = new ArrayList<>(request.defects());
    if (body.name() != null && body.name().chars().anyMatch(Character::isISOControl)) {
      defects.add(Defect.ofField("name", "name contains a control character; remove it."));
    }
    var strategy = Strategy.named(body.strategy());
    if (strategy.isEmpty()) {
      defects.add(Defect.ofField("strategy", Strategy.unknown(body.strategy())));
    }
    if (!defects.isEmpty()) {
      throw HeadwayException.badInput(defects);
    }
    return strategy.orElseThrow().label();
  }

  /** The settings with the start of the plan, which may have been that moment. */
  private static ObjectNode from(TaskInput input, Instant start) {
    var config = (ObjectNode) JsonCodec.tree(input.config()).deepCopy();
    return config.put("start_time", start.toString());
  }

  private static HeadwayException noPlan(WorkState<Task> state, String strategy) {
    return new HeadwayException(
        ErrorCode.CONFLICT,
        "Comparison %d is %s and has no plan of %s to adopt"
            .formatted(state.item().id(), TaskWords.status(state.job().status()), strategy));
  }
}
