package dev.headway.filling.app;

import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.Strategy;
import java.time.Duration;
import java.util.Map;

/**
 * The settings of the application.
 *
 * @param planners what can be planned with; {@link Strategy#GIVEN} must be among them
 * @param parallel how many strategies of one comparison run side by side, from 1
 * @param heartbeat how often watchers are sent the last position again
 */
public record FillingConfig(Map<Strategy, Planner> planners, int parallel, Duration heartbeat) {
  /** Takes a copy and rejects what could not work. */
  public FillingConfig {
    planners = Map.copyOf(planners);
    if (!planners.containsKey(Strategy.GIVEN)) {
      throw new IllegalArgumentException("The planners must include given, the reference of all.");
    }
    if (parallel < 1) {
      throw new IllegalArgumentException("The parallel (%d) must be from 1.".formatted(parallel));
    }
  }

  /** These planners, two side by side, a heartbeat of 30 s. */
  public static FillingConfig of(Map<Strategy, Planner> planners) {
    return new FillingConfig(planners, 2, Duration.ofSeconds(30));
  }
}
