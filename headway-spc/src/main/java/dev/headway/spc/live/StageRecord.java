package dev.headway.spc.live;

import dev.headway.core.job.Json;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.chart.Baseline;
import dev.headway.spc.chart.ChartRules;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.limits.ControlLimits;
import dev.headway.spc.limits.EstimatedLimits;
import dev.headway.spc.limits.LimitMethod;
import dev.headway.spc.limits.ManualLimits;
import dev.headway.spc.model.RuleSetting;
import dev.headway.spc.model.RuleSettings;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A stage as the audit trail has it.
 *
 * @param stageId its number
 * @param name its name
 * @param from its beginning, to the microsecond
 */
record StageRecord(long stageId, String name, String from) {
  private record Rules(long stageId, List<?> rules, List<?> dispersionRules) {}

  private record Limits(
      long stageId,
      @Nullable String method,
      @Nullable ControlLimits limits,
      @Nullable Baseline baseline) {}

  /** The record of a stage's name and beginning. */
  static StageRecord read(Json record) {
    return JsonCodec.read(record, StageRecord.class);
  }

  Instant beginning() {
    return Instant.parse(from);
  }

  /** The number of the stage that a record is of. */
  static long idOf(Json record) {
    return JsonCodec.tree(record).path("stage_id").asLong(0);
  }

  /** A stage with the rules of a record. */
  static Stage withRules(Stage stage, Json record) {
    var sent = JsonCodec.tree(record);
    return stage.with(
        new ChartRules(rules(sent.path("rules")), rules(sent.path("dispersion_rules"))));
  }

  private static RuleSettings rules(JsonNode settings) {
    return RuleSettings.of(
        List.of(JsonCodec.read(new Json(settings.toString()), RuleSetting[].class)));
  }

  /** A stage with the limits of a record. */
  static Stage withLimits(Stage stage, Json record) {
    var sent = JsonCodec.tree(record);
    if (!sent.hasNonNull("limits")) {
      return stage.unlimited();
    }
    var limits = new Json(sent.get("limits").toString());
    var manual = sent.path("method").asString("").equals(LimitMethod.MANUAL.wireName());
    return stage.with(
        sent.hasNonNull("baseline")
            ? JsonCodec.read(new Json(sent.get("baseline").toString()), Baseline.class)
            : null,
        manual
            ? JsonCodec.read(limits, ManualLimits.class)
            : JsonCodec.read(limits, EstimatedLimits.class));
  }

  /** The name and beginning of a stage. */
  static Json of(Stage stage) {
    return JsonCodec.json(new StageRecord(stage.id(), stage.name(), stage.from().toString()));
  }

  /** The rules of a stage. */
  static Json rules(Stage stage) {
    var rules = stage.rules();
    return JsonCodec.json(new Rules(stage.id(), rules.location().all(), rules.dispersion().all()));
  }

  /** The limits of a stage and their basis. */
  static Json limits(Stage stage) {
    var limits = stage.limits();
    var method = limits == null ? null : limits.method().wireName();
    return JsonCodec.json(new Limits(stage.id(), method, limits, stage.baseline()));
  }
}
