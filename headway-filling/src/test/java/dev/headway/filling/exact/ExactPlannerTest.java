package dev.headway.filling.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.InstanceOfAssertFactories.LONG;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.filling.BruteForce;
import dev.headway.filling.Checks;
import dev.headway.filling.Checks.Recorder;
import dev.headway.filling.Instance;
import dev.headway.filling.RandomProblems;
import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.model.Line;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Settings;
import dev.headway.filling.search.BestPlanner;
import dev.headway.filling.search.Budget;
import dev.headway.filling.search.Portfolio;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.solver.ChildLauncher;
import dev.headway.solver.SolverHost;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiPredicate;
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

  /** More than any of these takes on a busy machine: it ends when something is proven. */
  private static final Duration ENOUGH = Duration.ofMinutes(15);

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
    var problem = Checks.limited(instance.problem(), ENOUGH);
    var solution = PLANNER.plan(problem, PlanningListener.SILENT);
    var makespan = Checks.assertSound(problem, solution);
    assertThat(Micros.toHours(makespan)).isCloseTo(instance.optimum(), within(1e-6));
    assertThat(solution.proven(problem)).isTrue();
  }

  @Test
  void plan_upToSevenLotsUnderAnyRules_isWhatBruteForceFinds() {
    for (var seed = 0; seed < Integer.getInteger("headway.exact.trials", 40); seed++) {
      var problem = Checks.limited(RandomProblems.any(seed, 7), ENOUGH);
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
      var budget = Budget.of(Clock.systemUTC(), ENOUGH, PlanningListener.SILENT);
      var start = Portfolio.of(problem, budget).plan();
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
      var problem = RandomProblems.large(seed, lots, 1);
      assertThat(aboveBound(problem, most)).as("seed %d", seed).isLessThan(most);
    }
  }

  /** Three lines as a site has them: no average of windows and rates says what they can take. */
  @Test
  void plan_linesOfUnequalRates_isWithinThreePercentOfItsBound() {
    var lines =
        List.of(
            new Line("F1", Micros.ofHours(120), BigDecimal.valueOf(19_920)),
            new Line("F2", Micros.ofHours(96), BigDecimal.valueOf(24_000)),
            new Line("F3", Micros.ofHours(144), BigDecimal.valueOf(15_000)));
    var usual = RandomProblems.large(3, 60, 1);
    var rules = usual.settings();
    var settings = new Settings(rules.cleaning(), rules.changeovers(), lines, rules.run());
    assertThat(aboveBound(new Problem(usual.lots(), settings), 0.03)).isLessThan(0.03);
  }

  @Test
  void plan_eightyLotsOfAMatrix_isWithinHalfAPercentOfItsBound() {
    var usual = RandomProblems.large(1, 80, 1);
    var rules = usual.settings();
    var matrix = RandomProblems.matrixOfLarge(1);
    var settings = new Settings(rules.cleaning(), matrix, rules.lines(), rules.run());
    assertThat(aboveBound(new Problem(usual.lots(), settings), 0.005)).isLessThan(0.005);
  }

  /** How far the plan is above its bound once that is less than enough. */
  private static double aboveBound(Problem problem, double enough) {
    var limited = Checks.limited(problem, ENOUGH);
    var solution =
        PLANNER.plan(limited, until((makespan, bound) -> above(makespan, bound) < enough));
    return above(Checks.assertSound(limited, solution), solution.lowerBound());
  }

  private static double above(long makespan, long lowerBound) {
    return (double) makespan / lowerBound - 1;
  }

  /** Keeps what is reported and cancels once that is enough. */
  private static Recorder until(BiPredicate<Long, Long> enough) {
    return new Recorder(Integer.MAX_VALUE) {
      private boolean reached;

      @Override
      public void improved(long makespan, long lowerBound) {
        super.improved(makespan, lowerBound);
        reached |= enough.test(makespan, lowerBound);
      }

      @Override
      public boolean cancelled() {
        return reached;
      }
    };
  }

  @Test
  void plan_cancelledOnceTheSolverRaisesTheBound_returnsTheBestSoFar() {
    var problem = Checks.limited(boundRaised(), ENOUGH);
    var analytic = LowerBound.of(problem);
    var recorder = until((_, bound) -> bound > analytic);
    var solution = PLANNER.plan(problem, recorder);
    assertThat(recorder.bounds).last(LONG).isGreaterThan(analytic);
    assertThat(Checks.assertSound(problem, solution))
        .isLessThanOrEqualTo(recorder.makespans.getLast());
    assertThat(solution.lowerBound()).isGreaterThanOrEqualTo(recorder.bounds.getLast());
  }

  /** The analytic bound is far below what the solver proves in several steps. */
  private static Problem boundRaised() {
    return Instance.all()
        .filter(instance -> instance.file().contains("n11") && instance.lines() == 3)
        .findFirst()
        .orElseThrow()
        .problem();
  }

  /** Too hard to be proven in a few minutes. */
  private static Problem hard() {
    return RandomProblems.large(5, 40, 3);
  }

  @Test
  void plan_solverDiesOnTheWay_keepsWhatThereIsAndSaysSo() {
    var problem = Checks.limited(hard(), ENOUGH);
    try (var host = host(ChildLauncher.sameClassPath())) {
      var killer = new Killer();
      var solution = new ExactPlanner(host, Clock.systemUTC()).plan(problem, killer);
      assertThat(killer.notes).singleElement().asString().contains("local search instead");
      assertThat(Checks.assertSound(problem, solution))
          .isLessThanOrEqualTo(killer.makespans.getLast());
      assertThat(solution.lowerBound()).isGreaterThanOrEqualTo(killer.bounds.getLast());
    }
  }

  /** Kills the solver's process as soon as there is one, and cancels when that is noticed. */
  private static final class Killer extends Recorder {
    private final List<String> notes = new ArrayList<>();
    private final List<ProcessHandle> others = ProcessHandle.current().children().toList();

    Killer() {
      super(Integer.MAX_VALUE);
    }

    @Override
    public void noted(String text) {
      notes.add(text);
    }

    @Override
    public boolean cancelled() {
      ProcessHandle.current()
          .children()
          .filter(child -> !others.contains(child))
          .forEach(ProcessHandle::destroyForcibly);
      return !notes.isEmpty();
    }
  }

  @Test
  void plan_withoutNativeLibrary_saysSo() {
    try (var elsewhere = host(Checks.withoutNativeLibrary())) {
      var planner = new ExactPlanner(elsewhere, Clock.systemUTC());
      assertThatThrownBy(() -> planner.plan(hard(), PlanningListener.SILENT))
          .isInstanceOfSatisfying(
              HeadwayException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.UNAVAILABLE))
          .hasMessageContaining("no native library");
    }
  }
}
