package dev.headway.filling.search;

import dev.headway.filling.model.Problem;
import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Solution;
import java.time.InstantSource;

/**
 * The strategy {@code best}: every heuristic, then ruin and recreate from the best of them until
 * the problem's time limit or the lower bound is met.
 */
public final class BestPlanner implements Planner {
  private final InstantSource clock;

  /** A planner whose time limit is measured by a clock. */
  public BestPlanner(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Solution plan(Problem problem, PlanningListener listener) {
    var budget = Budget.of(clock, problem.settings().run().timeLimit(), listener);
    var start = Portfolio.of(problem, budget);
    var search = new RuinAndRecreate(problem, start.plan(), start.lowerBound(), budget);
    return new Solution(search.run(), start.lowerBound());
  }
}
