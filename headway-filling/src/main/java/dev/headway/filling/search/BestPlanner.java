package dev.headway.filling.search;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.filling.model.Problem;
import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Solution;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * The strategy {@code best}: whatever {@code milp-opt} does, and where no solver can run every
 * heuristic and local search. It insists on no proof.
 */
public final class BestPlanner implements Planner {
  private final InstantSource clock;
  private final @Nullable Planner exact;

  /** A planner by local search alone, whose time limit is measured by a clock. */
  public BestPlanner(InstantSource clock) {
    this.clock = clock;
    this.exact = null;
  }

  /**
   * A planner that has a solver.
   *
   * @param exact plans with the solver and local search side by side
   */
  public BestPlanner(InstantSource clock, Planner exact) {
    this.clock = clock;
    this.exact = exact;
  }

  @Override
  public Solution plan(Problem problem, PlanningListener listener) {
    var budget = Budget.of(clock, problem.settings().run().timeLimit(), listener);
    if (exact != null) {
      try {
        return exact.plan(problem, listener);
      } catch (HeadwayException failure) {
        if (failure.code() != ErrorCode.UNAVAILABLE) {
          throw failure;
        }
      }
    }
    var start = Portfolio.of(problem, budget);
    var search = new RuinAndRecreate(problem, start.plan(), start.lowerBound(), budget);
    return new Solution(search.run(), start.lowerBound());
  }
}
