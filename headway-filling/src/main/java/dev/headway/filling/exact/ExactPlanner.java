package dev.headway.filling.exact;

import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import dev.headway.filling.search.Budget;
import dev.headway.filling.search.Portfolio;
import dev.headway.filling.search.RuinAndRecreate;
import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Solution;
import dev.headway.solver.SolverHost;
import dev.headway.solver.SolverListener;
import dev.headway.solver.SolverRequest;
import java.time.Duration;
import java.time.InstantSource;
import tools.jackson.databind.JsonNode;

/**
 * The strategy {@code milp-opt}: the best heuristic plan, improved a little by local search, then
 * proven or beaten by CP-SAT within the problem's time limit. Sets too large for the model are
 * searched further instead; for them the analytic lower bound is tight.
 */
public final class ExactPlanner implements Planner {
  /** Decisions beyond which CP-SAT gets nowhere in a minute. */
  private static final long LARGEST_MODEL = 30_000;

  private static final Duration LONGEST_WARM_UP = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(15);

  private final SolverHost host;
  private final InstantSource clock;

  /** A planner that solves in the host's processes. */
  public ExactPlanner(SolverHost host, InstantSource clock) {
    this.host = host;
    this.clock = clock;
  }

  @Override
  public Solution plan(Problem problem, PlanningListener listener) {
    var limit = problem.settings().run().timeLimit();
    var budget = Budget.of(clock, limit, listener);
    var start = new Portfolio().plan(problem, listener);
    var warm = search(problem, start, budget.atMost(limit.dividedBy(20)).atMost(LONGEST_WARM_UP));
    if (warm.proven(problem) || budget.spent()) {
      return warm;
    }
    return BlockModel.size(problem, warm.plan().makespan(problem)) > LARGEST_MODEL
        ? search(problem, warm, budget)
        : solve(problem, warm, budget);
  }

  private static Solution search(Problem problem, Solution start, Budget budget) {
    var search = new RuinAndRecreate(problem, start.plan(), start.lowerBound(), budget);
    return new Solution(search.run(), start.lowerBound());
  }

  private Solution solve(Problem problem, Solution start, Budget budget) {
    var left = budget.remaining();
    var input = new ExactRequest(problem.lots(), problem.settings(), start.plan(), left.toMillis());
    var request =
        new SolverRequest(
            ExactTask.class, ExactRequest.MAPPER.valueToTree(input), left.plus(GRACE));
    var result = host.solve(request, new Progress(start, problem, budget.listener()));
    var answer = ExactRequest.MAPPER.treeToValue(result, ExactAnswer.class);
    return new Solution(
        shorter(problem, start.plan(), answer.plan()),
        Math.max(start.lowerBound(), answer.lowerBound()));
  }

  private static Plan shorter(Problem problem, Plan one, Plan other) {
    return other.makespan(problem) < one.makespan(problem) ? other : one;
  }

  /** Passes on what the process reports. */
  private record Progress(Solution start, Problem problem, PlanningListener listener)
      implements SolverListener {
    @Override
    public void reported(JsonNode event) {
      var progress = ExactRequest.MAPPER.treeToValue(event, ExactProgress.class);
      listener.improved(
          Math.min(start.plan().makespan(problem), progress.makespan()),
          Math.max(start.lowerBound(), progress.lowerBound()));
    }

    @Override
    public boolean stopRequested() {
      return listener.cancelled();
    }
  }
}
