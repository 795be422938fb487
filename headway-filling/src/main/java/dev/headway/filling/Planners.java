package dev.headway.filling;

import dev.headway.filling.exact.ExactPlanner;
import dev.headway.filling.search.BestPlanner;
import dev.headway.filling.strategy.Heuristics;
import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.Strategy;
import dev.headway.solver.SolverHost;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** The planner of every strategy. Immutable; its planners may run side by side. */
public final class Planners {
  private final Map<Strategy, Planner> planners = new EnumMap<>(Strategy.class);

  /** Planners that prove optima in the host's processes and measure time by the clock. */
  public Planners(SolverHost host, InstantSource clock) {
    planners.putAll(Heuristics.all());
    planners.put(Strategy.MILP_OPT, new ExactPlanner(host, clock));
    planners.put(Strategy.BEST, new BestPlanner(clock));
  }

  /** The planner of a strategy. */
  public Planner of(Strategy strategy) {
    return Objects.requireNonNull(planners.get(strategy));
  }
}
