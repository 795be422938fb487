package dev.headway.filling.timed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.CountingClock;
import dev.headway.filling.TimedBruteForce;
import dev.headway.filling.TimedProblems;
import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.exact.ExactPlanner;
import dev.headway.filling.model.Kpis;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.search.BestPlanner;
import dev.headway.filling.strategy.Heuristics;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.verify.Verifier;
import dev.headway.solver.ChildLauncher;
import dev.headway.solver.SolverHost;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Dates, locks and calendars in every planner, held against the verifier and brute force. */
@Timeout(1_200)
class TimedPlannersTest {
  /** More than any of these takes on a busy machine: it ends when something is proven. */
  private static final Duration ENOUGH = Duration.ofMinutes(15);

  private static long assertSound(Problem problem, Plan plan) {
    var schedule = Schedule.of(problem, plan, TimedProblems.START);
    assertThat(Verifier.verify(problem.lots(), problem.settings(), schedule)).isEmpty();
    var bound = LowerBound.of(problem);
    assertThat(Kpis.of(schedule, bound).cost())
        .isEqualTo(plan.cost(problem))
        .isGreaterThanOrEqualTo(bound);
    return plan.cost(problem);
  }

  @Test
  void plan_heuristicsUnderAnyTerms_keepEveryRule() {
    for (var seed = 0; seed < 150; seed++) {
      var problem = TimedProblems.any(seed, 12, ENOUGH);
      for (var planner : Heuristics.all().values()) {
        assertSound(problem, planner.plan(problem, PlanningListener.SILENT).plan());
      }
    }
  }

  @Test
  void plan_exactUnderAnyTerms_isWhatBruteForceFinds() {
    try (var host = new SolverHost(ChildLauncher.sameClassPath(), 1, Clock.systemUTC())) {
      var planner = new ExactPlanner(host, Clock.systemUTC());
      for (var seed = 0; seed < Integer.getInteger("headway.timed.trials", 5); seed++) {
        var problem = TimedProblems.any(seed, 5, ENOUGH);
        var solution = planner.plan(problem, PlanningListener.SILENT);
        var cost = assertSound(problem, solution.plan());
        assertThat(solution.lowerBound()).as("bound of seed %d", seed).isEqualTo(cost);
        assertThat(cost).as("seed %d", seed).isEqualTo(Micros.ofHours(bruteForce(problem, cost)));
        var locked = TimedProblems.lockedAsIn(problem, solution.plan());
        assertThat(assertSound(locked, planner.plan(locked, PlanningListener.SILENT).plan()))
            .as("seed %d with its first lot locked", seed)
            .isEqualTo(cost);
      }
    }
  }

  /** The optimum in hours; one hour more than was found when it does not find that, either. */
  private static long bruteForce(Problem problem, long found) {
    var limit = found / Micros.PER_HOUR + 1;
    return TimedBruteForce.optimum(problem, TimedProblems.START, limit);
  }

  @Test
  void plan_localSearchUnderAnyTerms_isNoWorseThanTheHeuristics() {
    for (var seed = 0; seed < 8; seed++) {
      var problem = TimedProblems.any(seed, 12, Duration.ofSeconds(2));
      var planner = new BestPlanner(new CountingClock());
      var found = assertSound(problem, planner.plan(problem, PlanningListener.SILENT).plan());
      for (var heuristic : Heuristics.all().values()) {
        var plan = heuristic.plan(problem, PlanningListener.SILENT).plan();
        assertThat(found).isLessThanOrEqualTo(plan.cost(problem));
      }
    }
  }
}
