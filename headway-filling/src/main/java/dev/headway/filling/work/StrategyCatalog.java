package dev.headway.filling.work;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.headway.core.error.Defect;
import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.Strategy;
import java.util.Arrays;
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
public record StrategyCatalog(Map<Strategy, Planner> planners) {
  /** Takes a copy. */
  public StrategyCatalog {
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

  /**
   * A strategy as clients see it.
   *
   * @param isDefault whether it is used when none is named
   * @param available whether this server has it
   */
  public record Entry(
      String name,
      List<String> aliases,
      String description,
      @JsonProperty("default") boolean isDefault,
      boolean available) {}

  /** All strategies. */
  public List<Entry> entries() {
    return Arrays.stream(Strategy.values()).map(this::entry).toList();
  }

  private Entry entry(Strategy strategy) {
    return new Entry(
        strategy.label(),
        strategy.aliases(),
        strategy.description(),
        strategy == Strategy.DEFAULT,
        planners.containsKey(strategy));
  }
}
