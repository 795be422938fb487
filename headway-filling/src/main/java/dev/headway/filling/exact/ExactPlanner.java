package dev.headway.filling.exact;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
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
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The strategy {@code milp-opt}: the best heuristic plan, then CP-SAT and local search side by side
 * within the problem's time limit, sharing their bound: either may find the plan that the other's
 * bound proves. Before CP-SAT, column generation raises the bound ({@link PatternBound}); sets too
 * large for the model have that only, and very large ones the analytic bound, which is tight for
 * them. A solver process that dies leaves its best plan to the search.
 */
public final class ExactPlanner implements Planner {
  /** Decisions beyond which CP-SAT gets nowhere in a minute. */
  private static final long LARGEST_MODEL = 30_000;

  /** Lots beyond which column generation gets nowhere in a minute. */
  private static final int MOST_LOTS = 500;

  private static final Duration LONGEST_WARM_UP = Duration.ofMillis(500);
  private static final Duration GRACE = Duration.ofSeconds(15);

  /** Its process died, or had to be killed; another one would be lost the same way. */
  private static final Set<ErrorCode> SOLVER_LOST =
      EnumSet.of(ErrorCode.EXECUTION_ERROR, ErrorCode.TIMEOUT_ERROR);

  private static final String LOST =
      "The exact solver was lost on the way: what it had found was improved by local search"
          + " instead.";

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
    var start = Portfolio.of(problem, budget);
    var warm = search(problem, start, budget.atMost(limit.dividedBy(20)).atMost(LONGEST_WARM_UP));
    if (warm.proven(problem) || budget.spent()) {
      return warm;
    }
    if (ExactModel.size(problem, warm.plan().cost(problem)) <= LARGEST_MODEL) {
      return solve(problem, warm, budget, false);
    }
    var bounded = problem.lotCount() <= MOST_LOTS ? solve(problem, warm, budget, true) : warm;
    return bounded.proven(problem) ? bounded : search(problem, bounded, budget);
  }

  private static Solution search(Problem problem, Solution start, Budget budget) {
    var search = new RuinAndRecreate(problem, start.plan(), start.lowerBound(), budget);
    return new Solution(search.run(), start.lowerBound());
  }

  private Solution solve(Problem problem, Solution start, Budget budget, boolean boundOnly) {
    var left = budget.remaining();
    var input =
        new ExactRequest(
            problem.lots(), problem.settings(), start.plan(), left.toMillis(), boundOnly);
    var request =
        new SolverRequest(
            ExactTask.class, ExactRequest.MAPPER.valueToTree(input), left.plus(GRACE));
    var search = new SideSearch(problem, start, budget);
    var progress = new Progress(problem, start, search);
    try (search) {
      var result = host.solve(request, progress);
      var answer = ExactRequest.MAPPER.treeToValue(result, ExactAnswer.class);
      progress.learn(answer.plan(), answer.lowerBound());
    } catch (HeadwayException failure) {
      return without(failure, progress, budget);
    }
    progress.learn(search.plan(), 0);
    return progress.best;
  }

  /** The solution when the solver has no answer. */
  private static Solution without(HeadwayException failure, Progress progress, Budget budget) {
    progress.learn(progress.search.plan(), 0);
    if (failure.code() == ErrorCode.CANCELLED && (budget.spent() || progress.proven())) {
      return progress.best;
    }
    if (!SOLVER_LOST.contains(failure.code())) {
      throw failure;
    }
    budget.listener().noted(LOST);
    return search(progress.problem, progress.best, budget);
  }

  /** Keeps the best of the process and of the search beside it, and passes it on. */
  private static final class Progress implements SolverListener {
    private final Problem problem;
    private final SideSearch search;
    private Solution best;
    private long told;

    Progress(Problem problem, Solution start, SideSearch search) {
      this.problem = problem;
      this.search = search;
      best = start;
      told = start.plan().cost(problem);
    }

    void learn(@Nullable Plan plan, long lowerBound) {
      var known = best.plan();
      var shorter = plan != null && plan.cost(problem) < known.cost(problem) ? plan : known;
      best = new Solution(shorter, Math.max(best.lowerBound(), lowerBound));
      search.raise(best.lowerBound());
    }

    @Override
    public void reported(JsonNode event) {
      var progress = ExactRequest.MAPPER.treeToValue(event, ExactProgress.class);
      learn(progress.plan(), progress.lowerBound());
      tell();
    }

    private void tell() {
      told = shortest();
      search.budget().listener().improved(told, Math.min(told, best.lowerBound()));
    }

    private long shortest() {
      return Math.min(best.plan().cost(problem), search.cost());
    }

    boolean proven() {
      return shortest() <= best.lowerBound();
    }

    /** Asked often, so this is where the search's better plans are passed on. */
    @Override
    public boolean stopRequested() {
      if (shortest() < told) {
        tell();
      }
      return search.budget().spent() || proven();
    }

    /** All that the solver finds is reported at once, so the end need not be waited for. */
    @Override
    public boolean resultWanted() {
      return false;
    }
  }
}
