package dev.headway.filling.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.filling.Instance;
import dev.headway.filling.RandomProblems;
import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.model.Block;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Schedule;
import dev.headway.filling.model.Settings;
import dev.headway.filling.verify.Verifier;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

@Execution(ExecutionMode.CONCURRENT) // the longest of the module, which would end alone
class HeuristicsTest {
  private static final Instant START = Instant.parse("2026-11-21T06:00:00Z");
  private static final Map<Strategy, Planner> PLANNERS = Heuristics.all();

  private static Planner planner(Strategy strategy) {
    return Objects.requireNonNull(PLANNERS.get(strategy));
  }

  private static Plan validPlan(Problem problem, Strategy strategy) {
    var plan = planner(strategy).plan(problem, PlanningListener.SILENT).plan();
    var schedule = Schedule.of(problem, plan, START);
    assertThat(Verifier.verify(problem.lots(), problem.settings(), schedule)).isEmpty();
    assertThat(schedule.makespan()).isEqualTo(plan.makespan(problem));
    return plan;
  }

  @Test
  void plan_instancesWithKnownOptimum_areValidAndNeverBelowIt() {
    var table = new StringBuilder("%-28s".formatted("above the optimum, %"));
    PLANNERS.keySet().forEach(strategy -> table.append("%13s".formatted(strategy.label())));
    for (var instance : Instance.all().toList()) {
      table.append("%n%-28s".formatted(instance));
      for (var strategy : PLANNERS.keySet()) {
        var problem = instance.problem();
        var hours = Micros.toHours(validPlan(problem, strategy).makespan(problem));
        assertThat(hours).as("%s %s", strategy, instance).isGreaterThan(instance.optimum() - 1e-6);
        table.append(String.format(Locale.ROOT, "%13.2f", 100 * (hours / instance.optimum() - 1)));
      }
    }
    System.out.println(table);
  }

  @Test
  void plan_randomProblems_areValidAndNotBelowTheBound() {
    for (var seed = 0; seed < Integer.getInteger("headway.trials", 300); seed++) {
      var problem = RandomProblems.any(seed, 60);
      for (var strategy : PLANNERS.keySet()) {
        var plan = validPlan(problem, strategy);
        assertThat(plan.makespan(problem))
            .as("seed %d %s", seed, strategy)
            .isGreaterThanOrEqualTo(LowerBound.of(problem));
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"MILP_OPT", "BEST"})
  @Timeout(600) // against a hang; how quick it is, the bench says
  void plan_fiveThousandLots_isValid(Strategy strategy) {
    for (var lines : List.of(1, 4)) {
      var problem = RandomProblems.large(7, 5_000, lines);
      var began = System.nanoTime();
      var plan = planner(strategy).plan(problem, PlanningListener.SILENT).plan();
      var took = Duration.ofNanos(System.nanoTime() - began).toMillis();
      var gap = (double) plan.makespan(problem) / LowerBound.of(problem) - 1;
      System.out.printf(
          Locale.ROOT,
          "%-12s 5,000 lots, %d line(s): %5d ms, %6.2f %% above the bound%n",
          strategy.label(),
          lines,
          took,
          100 * gap);
      var schedule = Schedule.of(problem, plan, START);
      assertThat(Verifier.verify(problem.lots(), problem.settings(), schedule)).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"MILP_OPT", "BEST"})
  void plan_lots_reportsEachPlaced(Strategy strategy) {
    var problem = RandomProblems.large(1, 20, 2);
    List<Integer> heard = new ArrayList<>();
    planner(strategy)
        .plan(
            problem,
            new PlanningListener() {
              @Override
              public void placed(int done, int total) {
                assertThat(total).isEqualTo(20);
                heard.add(done);
              }
            });
    assertThat(heard).hasSize(20).isSorted().endsWith(20);
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"MILP_OPT", "BEST"})
  void plan_cancelledHalfWay_stopsAtOnce(Strategy strategy) {
    var problem = RandomProblems.large(1, 100, 1);
    var listener =
        new PlanningListener() {
          private int placed;

          @Override
          public void placed(int done, int total) {
            placed = done;
          }

          @Override
          public boolean cancelled() {
            return placed == 50;
          }
        };
    assertThatThrownBy(() -> planner(strategy).plan(problem, listener))
        .isInstanceOf(CancellationException.class);
    assertThat(listener.placed).isEqualTo(50);
  }

  @Test
  void plan_typesMixed_eachRuleShowsItsOrder() {
    // Fills of 10, 30, 20 and 15, 5 hours.
    var problem =
        new Problem(
            List.of(
                new Lot("a10", "A", 199_200),
                new Lot("b15", "B", 298_800),
                new Lot("a30", "A", 597_600),
                new Lot("b05", "B", 99_600),
                new Lot("a20", "A", 398_400)),
            Settings.withLines(1));
    assertThat(order(problem, Strategy.GIVEN)).isEqualTo("a10 b15 a30 b05 a20");
    assertThat(order(problem, Strategy.SPT_PACK)).isEqualTo("a10 a20 a30 b05 b15");
    assertThat(order(problem, Strategy.LPT_PACK)).isEqualTo("a30 a20 a10 b15 b05");
    assertThat(order(problem, Strategy.CFS_PACK)).isEqualTo("a30 a20 a10 b15 b05");
    assertThat(order(problem, Strategy.SMART_PACK)).isEqualTo("a30 a20 a10 b15 b05");
  }

  private static String order(Problem problem, Strategy strategy) {
    return String.join(
        " ",
        validPlan(problem, strategy).lines().getFirst().stream()
            .map(Block::lots)
            .flatMap(List::stream)
            .map(lot -> problem.lot(lot).id())
            .toList());
  }
}
