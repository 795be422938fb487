package dev.headway.filling.app;

import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.filling.input.MomentReading;
import dev.headway.filling.input.MomentReading.DayPart;
import dev.headway.filling.replan.Replanning;
import dev.headway.filling.store.LotsText;
import dev.headway.filling.store.Task;
import dev.headway.filling.store.TaskInput;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.strategy.Strategy;
import dev.headway.filling.work.InputCheck;
import dev.headway.server.http.Request;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.work.WorkState;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads requests to plan a schedule again, from a moment on or anew.
 *
 * @param results has the schedule
 * @param check finds what is wrong with the new input
 * @param clock says what now is
 */
record Replans(TaskResults results, InputCheck check, InstantSource clock) {
  private static final BigDecimal MOVE_HOURS = BigDecimal.ONE;

  /**
   * The input of the new schedule.
   *
   * @throws HeadwayException CONFLICT when there is no plan, or nothing left to plan; INVALID_INPUT
   *     with every defect
   */
  TaskInput input(Request request, WorkState<Task> state) {
    var body = request.json(ReplanBody.class, ReplanBody.PLAIN);
    var base = results.base(state).orElseThrow(() -> noPlan(state));
    var defects = new ArrayList<>(request.defects());
    if (body.name() != null && body.name().chars().anyMatch(Character::isISOControl)) {
      defects.add(Defect.ofField("name", "name contains a control character; remove it."));
    }
    return body.fromTheBeginning()
        ? anew(body, base, state.item(), defects)
        : goingOn(body, base, state, defects);
  }

  /** The same lots by the same rules, but for what the body has. */
  private TaskInput anew(
      ReplanBody body, TaskResults.PlannedInput base, Task task, List<Defect> defects) {
    if (body.at() != null || body.moveHours() != null) {
      defects.add(
          Defect.ofField("anew", "at and move_hours are for a schedule that goes on; leave out."));
    }
    requireNone(defects);
    var config = (ObjectNode) JsonCodec.tree(base.input().config()).deepCopy();
    config.put("start_time", base.planned().schedule().start().toString());
    var lots = Replanning.given(base.assignment().problem());
    return sound(input(body, task, JsonCodec.json(laidOver(config, body)), changed(lots, body)));
  }

  private TaskInput goingOn(
      ReplanBody body, TaskResults.PlannedInput base, WorkState<Task> state, List<Defect> defects) {
    var at = at(body.at(), base.assignment().problem().settings().zone(), defects);
    var replanning = new Replanning(base.assignment().problem(), base.planned().schedule(), at);
    requireOpen(replanning, body, defects);
    requireNone(defects);
    if (replanning.allBegun() && body.lotsData() == null) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "Every lot of schedule %d has begun by %s; nothing is left to plan"
              .formatted(state.item().id(), at));
    }
    var config = (ObjectNode) JsonCodec.tree(base.input().config()).deepCopy();
    var hours = body.moveHours() == null ? MOVE_HOURS : body.moveHours();
    var settings = replanning.config(laidOver(config, body));
    return sound(input(body, state.item(), settings, changed(replanning.lots(hours), body)));
  }

  private static void requireNone(List<Defect> defects) {
    if (!defects.isEmpty()) {
      throw HeadwayException.badInput(defects);
    }
  }

  private static ObjectNode laidOver(ObjectNode config, ReplanBody body) {
    if (body.config() != null && JsonCodec.tree(body.config()) instanceof ObjectNode others) {
      config.setAll(others);
    }
    return config;
  }

  private static Json changed(List<Map<String, Object>> lots, ReplanBody body) {
    var others =
        body.lotsData() == null
            ? JsonNodeFactory.instance.arrayNode()
            : JsonCodec.tree(body.lotsData());
    return Replanning.changed(lots, others, body.removed());
  }

  private static HeadwayException noPlan(WorkState<Task> state) {
    return new HeadwayException(
        ErrorCode.CONFLICT,
        "Schedule %d is %s and has no plan to go on from"
            .formatted(state.item().id(), TaskWords.status(state.job().status())));
  }

  private Instant at(@Nullable String text, ZoneId zone, List<Defect> defects) {
    if (text == null) {
      return clock.instant();
    }
    return switch (MomentReading.of(text.strip(), zone, DayPart.BEGINNING)) {
      case MomentReading.At(var moment) -> moment;
      case MomentReading.Refused refused -> {
        defects.add(Defect.ofField("at", refused.sentence("at", text)));
        yield clock.instant();
      }
    };
  }

  private static void requireOpen(Replanning replanning, ReplanBody body, List<Defect> defects) {
    for (var id : body.removed()) {
      if (replanning.hasBegun(id)) {
        defects.add(
            Defect.ofField("remove", "Lot '%s' has begun and cannot be removed.".formatted(id)));
      }
    }
    if (body.lotsData() != null) {
      for (var lot : JsonCodec.tree(body.lotsData()).values()) {
        var id = lot.path("lot_id").asString("");
        if (replanning.hasBegun(id)) {
          defects.add(
              Defect.ofField(
                  "lots_data", "Lot '%s' has begun and cannot be changed.".formatted(id)));
        }
      }
    }
  }

  private static TaskInput input(ReplanBody body, Task task, Json config, Json lots) {
    var name = body.name() == null || body.name().isBlank() ? task.name() : body.name().strip();
    var wanted = body.strategy() == null ? task.strategies().getFirst() : body.strategy();
    var strategy = Strategy.named(wanted).map(Strategy::label).orElse(wanted);
    return new TaskInput(
        name,
        List.of(strategy.replace(',', ';')),
        config,
        new LotsText(LotsText.Format.JSON, lots.text()));
  }

  private TaskInput sound(TaskInput input) {
    var checked = check.check(TaskKind.SCHEDULE, input, clock.instant());
    if (!checked.valid()) {
      throw HeadwayException.badInput(checked.errors());
    }
    return input;
  }
}
