package dev.headway.filling.search;

import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import dev.headway.filling.strategy.Heuristics;
import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Solution;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Runs every heuristic and keeps the best plan: where the searching strategies start from. */
public final class Portfolio implements Planner {
  @Override
  public Solution plan(Problem problem, PlanningListener listener) {
    var bound = LowerBound.of(problem);
    @Nullable Plan best = null;
    var shortest = Long.MAX_VALUE;
    for (var planner : Heuristics.all().values()) {
      if (listener.cancelled() && best != null) {
        break;
      }
      try {
        var plan = planner.plan(problem, listener).plan();
        if (plan.makespan(problem) < shortest) {
          best = plan;
          shortest = plan.makespan(problem);
          listener.improved(shortest, bound);
        }
      } catch (CancellationException cancelled) {
        if (best == null) {
          throw cancelled;
        }
      }
    }
    if (best == null) {
      throw new IllegalStateException("There are no heuristics.");
    }
    return new Solution(best, bound);
  }
}
