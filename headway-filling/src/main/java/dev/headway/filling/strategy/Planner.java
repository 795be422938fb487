package dev.headway.filling.strategy;

import dev.headway.filling.model.Problem;
import java.util.concurrent.CancellationException;

/** Makes a plan for a problem. Bounded: every planner ends by itself. */
@FunctionalInterface
public interface Planner {
  /**
   * Plans every lot.
   *
   * @return the best plan found; when cancelled, the best so far
   * @throws CancellationException when cancelled before there was any plan
   */
  Solution plan(Problem problem, PlanningListener listener);
}
