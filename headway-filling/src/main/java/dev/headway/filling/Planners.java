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

/** The planner of every strategy. */
public final class Planners {
  private Planners() {}

  /**
   * Planners that prove optima in the host's processes and measure time by the clock. They may run
   * side by side.
   */
  public static Map<Strategy, Planner> all(SolverHost host, InstantSource clock) {
    Map<Strategy, Planner> planners = new EnumMap<>(Heuristics.all());
    var exact = new ExactPlanner(host, clock);
    planners.put(Strategy.MILP_OPT, exact);
    planners.put(Strategy.BEST, new BestPlanner(clock, exact));
    return planners;
  }
}
