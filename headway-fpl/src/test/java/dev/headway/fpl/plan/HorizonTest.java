package dev.headway.fpl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.fpl.projection.ModelProjections;
import dev.headway.fpl.rules.Chip;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The full player list over the default horizon. */
class HorizonTest {
  private static final int NEXT = 2;

  @Test
  void solve_horizonFiveFullList_provedInThirtySeconds() {
    var model = new ModelProjections(SamplePlans.season(), List.of());
    var request =
        SamplePlans.request(true, 0, 5, (p, week) -> model.of(p.id(), NEXT + week).points());
    request =
        new PlanRequest(
            request.rules(),
            request.candidates(),
            5,
            0,
            1,
            List.of(
                new ChipOption(Chip.WILDCARD, 0, 4, 12),
                new ChipOption(Chip.FREE_HIT, 0, 4, 12),
                new ChipOption(Chip.TRIPLE_CAPTAIN, 0, 4, 6)),
            request.weights(),
            List.of(),
            Duration.ofSeconds(30));
    var heard = new ArrayList<PlanProgress>();
    long t0 = System.nanoTime();

    var result = new LocalPlanSolver(InstantSource.system()).solve(request, p->{heard.add(p);System.out.println((System.nanoTime()-t0)/1000000+" "+p);}, a -> {});
    System.out.println((System.nanoTime()-t0)/1000000+" "+result);

    assertThat(result.status()).isEqualTo(PlanResult.Status.OPTIMAL);
    assertThat(heard).isNotEmpty();
  }
}
