package dev.headway.fpl.plan.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.fpl.plan.ChipOption;
import dev.headway.fpl.plan.PlanListener;
import dev.headway.fpl.plan.PlanProgress;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanResult;
import dev.headway.fpl.plan.PlanSolver;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.projection.ModelProjections;
import dev.headway.fpl.rules.Chip;
import dev.headway.solver.ChildLauncher;
import dev.headway.solver.SolverHost;
import dev.headway.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The full player list over several weeks, in a solver process as in the product. */
class HorizonTest {
  private static final int NEXT = 2;
  private static final SolverHost HOST =
      new SolverHost(ChildLauncher.sameClassPath(), 1, InstantSource.system());
  private static final PlanSolver SOLVER = new HostedPlanSolver(HOST);

  @AfterAll
  static void closeHost() {
    HOST.close();
  }

  @Test
  void solve_fullListWithChips_provedWithHonestProgress() {
    var heard = new ArrayList<PlanProgress>();

    var result = SOLVER.solve(request(2, Duration.ofMinutes(3)), following(heard));

    assertThat(result.status()).isEqualTo(PlanResult.Status.OPTIMAL);
    assertThat(result.gap()).isZero();
    assertThat(heard).isNotEmpty();
    assertThat(heard).allMatch(progress -> progress.bound() >= result.objective() - 1e-4);
    assertThat(heard).allMatch(progress -> progress.objective() <= result.objective() + 1e-4);
  }

  @Test
  void run_stoppedAtTheFirstPlan_hasItWithItsGap() {
    var search = new AtomicReference<PlanSearch>();
    search.set(
        new PlanSearch(
            request(6, Duration.ofMinutes(5)),
            _ -> Objects.requireNonNull(search.get()).stop(),
            InstantSource.system()));

    var result = search.get().run();

    assertThat(result.status()).isEqualTo(PlanResult.Status.FEASIBLE);
    assertThat(result.weeks()).hasSize(6);
    assertThat(result.gap()).isPositive();
  }

  /* The clock jumps to the end of the time with the first plan. */
  @Test
  void run_timeUp_endsWithTheBestSoFar() {
    var clock = new ManualClock(Instant.EPOCH);
    var limit = Duration.ofMinutes(5);
    var search = new PlanSearch(request(6, limit), _ -> clock.advance(limit), clock);

    var result = search.run();

    assertThat(result.status()).isEqualTo(PlanResult.Status.FEASIBLE);
    assertThat(result.weeks()).hasSize(6);
  }

  private static PlanListener following(List<PlanProgress> heard) {
    return new PlanListener() {
      @Override
      public void improved(PlanProgress progress) {
        heard.add(progress);
      }

      @Override
      public boolean stopRequested() {
        return false;
      }
    };
  }

  private static PlanRequest request(int horizon, Duration limit) {
    var model = new ModelProjections(SamplePlans.season(), List.of());
    var plain =
        SamplePlans.request(
            true, 0, horizon, (player, week) -> model.of(player.id(), NEXT + week).points());
    return new PlanRequest(
        plain.rules(),
        plain.candidates(),
        horizon,
        plain.bank(),
        plain.freeTransfers(),
        List.of(
            ChipOption.of(Chip.WILDCARD, 0, horizon - 1, 12),
            ChipOption.of(Chip.FREE_HIT, 0, horizon - 1, 12),
            ChipOption.of(Chip.TRIPLE_CAPTAIN, 0, horizon - 1, 6)),
        PlanWeights.ofCaution(1),
        List.of(),
        limit);
  }
}
