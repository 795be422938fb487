package dev.headway.filling.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.filling.Checks;
import dev.headway.filling.Checks.Recorder;
import dev.headway.filling.CountingClock;
import dev.headway.filling.Instance;
import dev.headway.filling.RandomProblems;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Settings;
import dev.headway.filling.strategy.Heuristics;
import dev.headway.filling.strategy.PlanningListener;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(600)
class BestPlannerTest {
  private static final BestPlanner PLANNER = new BestPlanner(Clock.systemUTC());

  @ParameterizedTest
  @MethodSource("dev.headway.filling.Instance#all")
  void plan_instanceWithKnownOptimum_isWithinOnePercent(Instance instance) {
    var problem = Checks.limited(instance.problem(), Duration.ofSeconds(20));
    var planner = new BestPlanner(new CountingClock());
    var makespan = Checks.assertSound(problem, planner.plan(problem, PlanningListener.SILENT));
    assertThat(Micros.toHours(makespan))
        .isBetween(instance.optimum() - 1e-6, 1.01 * instance.optimum());
  }

  @Test
  void plan_sixtyLots_isBetterThanEveryHeuristicAndReportsEachStep() {
    var problem = Checks.limited(RandomProblems.large(5, 60, 3), Duration.ofSeconds(5));
    var recorder = new Recorder(Integer.MAX_VALUE);
    var makespan =
        Checks.assertSound(problem, new BestPlanner(new CountingClock()).plan(problem, recorder));
    for (var heuristic : Heuristics.all().values()) {
      var plan = heuristic.plan(problem, PlanningListener.SILENT).plan();
      assertThat(makespan).isLessThan(plan.makespan(problem));
    }
    assertThat(recorder.makespans).endsWith(makespan);
  }

  @Test
  void plan_cancelled_returnsTheBestSoFar() {
    var problem = Checks.limited(RandomProblems.large(5, 60, 3), Duration.ofHours(1));
    var recorder = new Recorder(4);
    var makespan = Checks.assertSound(problem, PLANNER.plan(problem, recorder));
    assertThat(recorder.makespans).hasSize(4).endsWith(makespan);
  }

  @Test
  void plan_cancelledBeforeAnyPlan_isCancelled() {
    var problem = RandomProblems.large(5, 60, 3);
    var recorder = new Recorder(0);
    assertThatThrownBy(() -> PLANNER.plan(problem, recorder))
        .isInstanceOf(CancellationException.class);
  }

  @Test
  void plan_boundMet_endsLongBeforeTheTimeLimit() {
    var problem = Checks.limited(RandomProblems.large(5, 500, 1), Duration.ofHours(1));
    var solution = PLANNER.plan(problem, PlanningListener.SILENT);
    assertThat(solution.proven(problem)).isTrue();
  }

  @Test
  void plan_fiveThousandTypes_keepsTheTimeLimitWithItsHeuristics() {
    var lots =
        IntStream.range(0, 5_000).mapToObj(i -> new Lot("L" + i, "T" + i, 10_000 + i)).toList();
    var problem = Checks.limited(new Problem(lots, Settings.withLines(1)), Duration.ofMillis(500));
    var clock = new CountingClock();
    new BestPlanner(clock).plan(problem, PlanningListener.SILENT);
    assertThat(clock.instant().toEpochMilli()).isLessThan(5_000 + 550);
  }

  @Test
  void run_sameSeedAndRounds_isTheSamePlan() {
    var problem = RandomProblems.large(9, 40, 2);
    var start = Portfolio.of(problem, rounds(100_000));
    var one = new RuinAndRecreate(problem, start.plan(), 0, rounds(500)).run();
    var other = new RuinAndRecreate(problem, start.plan(), 0, rounds(500)).run();
    assertThat(one).isEqualTo(other).isNotEqualTo(start.plan());
  }

  private static Budget rounds(int count) {
    return Budget.of(new CountingClock(), Duration.ofMillis(count), PlanningListener.SILENT);
  }
}
