package dev.headway.filling.work;

import dev.headway.core.error.Defect;
import dev.headway.filling.input.Parsed;
import dev.headway.filling.input.ProblemReader;
import dev.headway.filling.input.SettingsDraft;
import dev.headway.filling.store.TaskInput;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.strategy.Strategy;
import dev.headway.server.http.contract.RecordSchema;
import dev.headway.server.json.JsonCodec;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Finds all defects of an input, the same way when it arrives, when its job runs and when it is
 * shown.
 *
 * @param catalog the strategies that there are
 */
public record InputCheck(StrategyCatalog catalog) {
  /** The place of the OpenAPI document on the class path; it says what an input may be. */
  public static final String OPEN_API = "/dev/headway/filling/openapi.yaml";

  private static final RecordSchema<SettingsDraft> SETTINGS =
      new RecordSchema<>(OPEN_API, "FillingSettings", SettingsDraft.class);

  /**
   * The assignment, or all defects: of lots and settings first, then of the strategies.
   *
   * @param asked when it was asked for: schedules begin then, unless their settings say when
   */
  public Parsed<Assignment> check(TaskKind kind, TaskInput input, Instant asked) {
    var bound = SETTINGS.bind("config", JsonCodec.tree(input.config()));
    var settings = bound.value().settings(bound.defects());
    var lots = LotsInput.read(input.lots(), bound.value().zone());
    var problem = ProblemReader.read(lots, settings, asked.truncatedTo(ChronoUnit.SECONDS));
    var errors = new ArrayList<>(problem.errors());
    var strategies = strategies(kind, input.strategies(), errors);
    var value = errors.isEmpty() ? new Assignment(problem.orThrow(), strategies) : null;
    return new Parsed<>(value, errors, problem.warnings());
  }

  private List<Strategy> strategies(TaskKind kind, List<String> names, List<Defect> defects) {
    return switch (kind) {
      case SCHEDULE -> catalog.resolve("strategy", names.getFirst(), defects);
      case COMPARISON -> compared(names, defects);
    };
  }

  private List<Strategy> compared(List<String> names, List<Defect> defects) {
    var first = new EnumMap<Strategy, Integer>(Strategy.class);
    for (var at = 0; at < names.size(); at++) {
      var field = "strategies[%d]".formatted(at);
      for (var strategy : catalog.resolve(field, names.get(at), defects)) {
        var earlier = first.putIfAbsent(strategy, at);
        if (earlier != null) {
          defects.add(
              Defect.ofField(
                  field,
                  "The strategy '%s' is already strategies[%d]; name each once."
                      .formatted(strategy.label(), earlier)));
        }
      }
    }
    return first.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .toList();
  }
}
