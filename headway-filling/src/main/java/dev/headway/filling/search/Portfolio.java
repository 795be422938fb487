package dev.headway.filling.search;

import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import dev.headway.filling.strategy.Dispatcher;
import dev.headway.filling.strategy.Heuristics;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Solution;
import dev.headway.filling.strategy.Strategy;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Runs every heuristic and keeps the best plan, from which the searching strategies start. The
 * heuristics are part of a search's time: once it is spent, the others are left out. The quick ones
 * come first.
 */
public final class Portfolio {
  private static final List<Strategy> QUICK_FIRST =
      List.of(
          Strategy.GIVEN,
          Strategy.LPT_PACK,
          Strategy.SPT_PACK,
          Strategy.CFS_PACK,
          Strategy.SMART_PACK,
          Strategy.HYBRID_PACK);

  private final Problem problem;
  private final Budget budget;
  private final long bound;
  private @Nullable Plan best;

  private Portfolio(Problem problem, Budget budget) {
    this.problem = problem;
    this.budget = budget;
    this.bound = LowerBound.of(problem);
  }

  /**
   * The best heuristic plan and the analytic bound.
   *
   * @throws CancellationException when cancelled before there was any plan
   */
  public static Solution of(Problem problem, Budget budget) {
    return new Portfolio(problem, budget).solution();
  }

  private Solution solution() {
    var dispatchers = Heuristics.dispatchers();
    var planners = QUICK_FIRST.stream().flatMap(one -> Stream.ofNullable(dispatchers.get(one)));
    var index = 0;
    for (var planner : planners.toList()) {
      attempt(planner, new Share(index++, dispatchers.size()));
    }
    return new Solution(Objects.requireNonNull(best), bound);
  }

  private void attempt(Dispatcher planner, Share share) {
    if (best != null && budget.spent()) {
      return;
    }
    try {
      var plan = planner.place(problem, share);
      if (best == null || plan.cost(problem) < best.cost(problem)) {
        best = plan;
        budget.listener().improved(plan.cost(problem), bound);
      }
    } catch (CancellationException cancelled) {
      if (best == null) {
        throw cancelled;
      }
    }
  }

  /** One planner's share of the placing, so that all together count the lots once. */
  private final class Share implements PlanningListener {
    private final int index;
    private final int planners;

    Share(int index, int planners) {
      this.index = index;
      this.planners = planners;
    }

    @Override
    public void placed(int done, int total) {
      budget.listener().placed((index * total + done) / planners, total);
    }

    @Override
    public boolean cancelled() {
      return best == null ? budget.listener().cancelled() : budget.spent();
    }
  }
}
