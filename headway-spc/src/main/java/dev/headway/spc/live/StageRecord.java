package dev.headway.spc.live;

import dev.headway.core.job.Json;
import dev.headway.server.json.JsonCodec;
import dev.headway.spc.chart.Baseline;
import dev.headway.spc.chart.Stage;
import dev.headway.spc.limits.ControlLimits;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stage as the audit trail has it.
 *
 * @param stageId its number
 * @param name its name
 * @param from its beginning
 */
record StageRecord(long stageId, String name, Instant from) {
  private record Rules(long stageId, List<?> rules, List<?> dispersionRules) {}

  private record Limits(
      long stageId,
      @Nullable String method,
      @Nullable ControlLimits limits,
      @Nullable Baseline baseline) {}

  /** The name and beginning of a stage. */
  static Json of(Stage stage) {
    return JsonCodec.json(new StageRecord(stage.id(), stage.name(), stage.from()));
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
