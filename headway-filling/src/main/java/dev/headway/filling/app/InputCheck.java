package dev.headway.filling.app;

import dev.headway.core.error.Defect;
import dev.headway.core.job.Json;
import dev.headway.filling.input.Parsed;
import dev.headway.filling.input.ProblemReader;
import dev.headway.filling.input.SettingsReader;
import dev.headway.filling.store.TaskInput;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.strategy.Strategy;
import dev.headway.server.http.JsonCodec;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * Finds all defects of an input, the same way when it arrives, when its job runs and when it is
 * shown.
 *
 * @param catalog the strategies that there are
 */
record InputCheck(StrategyCatalog catalog) {
  private static final int FEWEST_COMPARED = 2;
  private static final int MOST_COMPARED = 8;
  private static final TypeReference<Map<String, @Nullable Object>> MEMBERS =
      new TypeReference<>() {};

  /** The assignment, or all defects: of lots and settings first, then of the strategies. */
  Parsed<Assignment> check(TaskKind kind, TaskInput input) {
    var settings = SettingsReader.read(members(input.config()));
    var problem = ProblemReader.read(LotsInput.read(input.lots()), settings);
    var errors = new ArrayList<>(problem.errors());
    var strategies = strategies(kind, input.strategies(), errors);
    var value = errors.isEmpty() ? new Assignment(problem.orThrow(), strategies) : null;
    return new Parsed<>(value, errors, problem.warnings());
  }

  private static Map<String, @Nullable Object> members(Json config) {
    return JsonCodec.mapper().readValue(config.text(), MEMBERS);
  }

  private List<Strategy> strategies(TaskKind kind, List<String> names, List<Defect> defects) {
    return switch (kind) {
      case SCHEDULE -> catalog.resolve("strategy", names.getFirst(), defects);
      case COMPARISON -> compared(names, defects);
    };
  }

  private List<Strategy> compared(List<String> names, List<Defect> defects) {
    if (names.size() < FEWEST_COMPARED || names.size() > MOST_COMPARED) {
      defects.add(
          Defect.ofField(
              "strategies",
              "A comparison takes %d to %d strategies, not %d."
                  .formatted(FEWEST_COMPARED, MOST_COMPARED, names.size())));
    }
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
