package dev.headway.filling.search;

import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.model.Problem;
import dev.headway.filling.strategy.Heuristics;
import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Solution;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** Runs every heuristic and keeps the best plan, from which the searching strategies start. */
public final class Portfolio implements Planner {
  @Override
  public Solution plan(Problem problem, PlanningListener listener) {
    var bound = LowerBound.of(problem);
    List<Planner> planners = new ArrayList<>(Heuristics.all().values());
    Solution best = null;
    var shortest = Long.MAX_VALUE;
    for (var i = 0; i < planners.size(); i++) {
      var found = attempt(planners.get(i), problem, new Share(listener, i, planners.size()), best);
      if (found.plan().makespan(problem) < shortest) {
        best = found;
        shortest = found.plan().makespan(problem);
        listener.improved(shortest, bound);
      }
    }
    if (best == null) {
      throw new IllegalStateException("There are no heuristics.");
    }
    return new Solution(best.plan(), bound);
  }

  /** A planner's solution, or the one so far when cancelled. */
  private static Solution attempt(
      Planner planner, Problem problem, PlanningListener listener, @Nullable Solution soFar) {
    try {
      return planner.plan(problem, listener);
    } catch (CancellationException cancelled) {
      if (soFar == null) {
        throw cancelled;
      }
      return soFar;
    }
  }

  /** One planner's share of the placing, so that all together count the lots once. */
  private record Share(PlanningListener listener, int index, int planners)
      implements PlanningListener {
    @Override
    public void placed(int done, int total) {
      listener.placed((index * total + done) / planners, total);
    }

    @Override
    public boolean cancelled() {
      return listener.cancelled();
    }
  }
}
