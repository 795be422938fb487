package dev.headway.filling.app;

import dev.headway.core.error.Defect;
import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.Strategy;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * The strategies that this server has planners for. Immutable; thread-safe as far as its planners
 * are.
 *
 * @param planners by strategy
 */
record Catalog(Map<Strategy, Planner> planners) {
  Catalog {
    planners = Map.copyOf(planners);
  }

  /** The planner of a strategy that {@link #resolve} has let pass. */
  Planner planner(Strategy strategy) {
    return Objects.requireNonNull(planners.get(strategy));
  }

  /**
   * The strategy of a name.
   *
   * @param field where the name stands in the request
   * @param defects takes what is wrong with it
   * @return one strategy; none when there is a defect
   */
  List<Strategy> resolve(String field, String name, List<Defect> defects) {
    var strategy = Strategy.named(name);
    if (strategy.isEmpty()) {
      defects.add(Defect.ofField(field, Strategy.unknown(name)));
      return List.of();
    }
    if (!planners.containsKey(strategy.get())) {
      defects.add(Defect.ofField(field, unavailable(strategy.get())));
      return List.of();
    }
    return List.of(strategy.get());
  }

  private String unavailable(Strategy strategy) {
    var known =
        Arrays.stream(Strategy.values())
            .filter(planners::containsKey)
            .map(Strategy::label)
            .collect(Collectors.joining(", "));
    return "The strategy '%s' is not available in this build; available are: %s."
        .formatted(strategy.label(), known);
  }

  /** What clients are told of every strategy. */
  List<Map<String, Object>> toJson() {
    return Arrays.stream(Strategy.values()).map(this::toJson).toList();
  }

  private Map<String, Object> toJson(Strategy strategy) {
    var entry = new LinkedHashMap<String, Object>();
    entry.put("name", strategy.label());
    entry.put("aliases", strategy.aliases());
    entry.put("description", strategy.description());
    entry.put("default", strategy == Strategy.DEFAULT);
    entry.put("available", planners.containsKey(strategy));
    return entry;
  }
}
