package dev.headway.filling.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.filling.BruteForce;
import dev.headway.filling.Checks;
import dev.headway.filling.Checks.Recorder;
import dev.headway.filling.Instance;
import dev.headway.filling.RandomProblems;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;
import dev.headway.filling.search.BestPlanner;
import dev.headway.filling.search.Portfolio;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.solver.ChildLauncher;
import dev.headway.solver.SolverHost;
import java.io.File;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(1_200)
class ExactPlannerTest {
  private static final SolverHost HOST = host(ChildLauncher.sameClassPath());
  private static final ExactPlanner PLANNER = new ExactPlanner(HOST, Clock.systemUTC());

  private static SolverHost host(ChildLauncher launcher) {
    return new SolverHost(launcher, 1, Clock.systemUTC());
  }

  @AfterAll
  static void close() {
    HOST.close();
  }

  @ParameterizedTest
  @MethodSource("dev.headway.filling.Instance#all")
  void plan_instanceWithKnownOptimum_provesIt(Instance instance) {
    var problem = Checks.limited(instance.problem(), Duration.ofSeconds(30));
    var solution = PLANNER.plan(problem, PlanningListener.SILENT);
    var makespan = Checks.assertSound(problem, solution);
    assertThat(Micros.toHours(makespan)).isCloseTo(instance.optimum(), within(1e-6));
    assertThat(solution.proven(problem)).isTrue();
  }

  @Test
  void plan_upToSevenLotsUnderAnyRules_isWhatBruteForceFinds() {
    for (var seed = 0; seed < Integer.getInteger("headway.exact.trials", 40); seed++) {
      var problem = Checks.limited(RandomProblems.any(seed, 7), Duration.ofSeconds(2));
      var solution = PLANNER.plan(problem, PlanningListener.SILENT);
      var makespan = Checks.assertSound(problem, solution);
      assertThat(solution.lowerBound()).as("bound of seed %d", seed).isEqualTo(makespan);
      assertThat(makespan).as("seed %d", seed).isEqualTo(BruteForce.optimum(problem));
    }
  }

  @Test
  void plan_upToSixtyLotsUnderAnyRules_isSoundAndNoWorseThanTheHeuristics() {
    for (var seed = 0; seed < Integer.getInteger("headway.search.trials", 6); seed++) {
      var problem = Checks.limited(RandomProblems.any(1_000 + seed, 60), Duration.ofMillis(500));
      var start = new Portfolio().plan(problem, PlanningListener.SILENT).plan();
      for (var planner : List.of(PLANNER, new BestPlanner(Clock.systemUTC()))) {
        var solution = planner.plan(problem, PlanningListener.SILENT);
        assertThat(Checks.assertSound(problem, solution))
            .as("seed %d", seed)
            .isLessThanOrEqualTo(start.makespan(problem));
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"500, 0.01", "5000, 0.02"})
  void plan_largeSet_isNearItsOwnBound(int lots, double most) {
    for (var seed = 0; seed < 3; seed++) {
      var problem = Checks.limited(RandomProblems.large(seed, lots, 1), Duration.ofMillis(1_500));
      var solution = PLANNER.plan(problem, PlanningListener.SILENT);
      var gap = (double) Checks.assertSound(problem, solution) / solution.lowerBound() - 1;
      System.out.printf(
          Locale.ROOT,
          "milp-opt, %d lots, seed %d: %.3f %% above its bound%n",
          lots,
          seed,
          100 * gap);
      assertThat(gap).isLessThan(most);
    }
  }

  @Test
  void plan_hardProblem_reportsBetterPlansAndHigherBounds() {
    var problem = Checks.limited(hard(), Duration.ofSeconds(4));
    var recorder = new Recorder(Integer.MAX_VALUE);
    var solution = PLANNER.plan(problem, recorder);
    Checks.assertSound(problem, solution);
    assertThat(recorder.makespans.stream().distinct()).hasSizeGreaterThan(1);
    assertThat(recorder.bounds.stream().distinct()).hasSizeGreaterThan(1);
  }

  @Test
  void plan_cancelledWhileTheSolverRuns_returnsTheBestSoFar() {
    var problem = Checks.limited(hard(), Duration.ofMinutes(50));
    var recorder = new Recorder(Integer.MAX_VALUE);
    var listener =
        new PlanningListener() {
          @Override
          public void improved(long makespan, long lowerBound) {
            recorder.improved(makespan, lowerBound);
          }

          @Override
          public boolean cancelled() {
            return recorder.bounds.stream().distinct().count() > 1;
          }
        };
    var makespan = Checks.assertSound(problem, PLANNER.plan(problem, listener));
    assertThat(makespan).isLessThanOrEqualTo(recorder.makespans.getLast());
  }

  /** Too hard to be proven in a few seconds. */
  private static Problem hard() {
    return RandomProblems.large(5, 40, 3);
  }

  @Test
  void plan_withoutNativeLibrary_saysSo() {
    var full =
        Objects.requireNonNullElse(
            System.getProperty("surefire.test.class.path"), System.getProperty("java.class.path"));
    var without =
        Arrays.stream(full.split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("ortools-linux"))
            .collect(Collectors.joining(File.pathSeparator));
    try (var elsewhere = host(ChildLauncher.sameClassPath().withClassPath(without))) {
      var planner = new ExactPlanner(elsewhere, Clock.systemUTC());
      assertThatThrownBy(() -> planner.plan(hard(), PlanningListener.SILENT))
          .isInstanceOfSatisfying(
              HeadwayException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE))
          .hasMessageContaining("no native library");
    }
  }
}
