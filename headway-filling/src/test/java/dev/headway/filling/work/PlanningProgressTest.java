package dev.headway.filling.work;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.model.Micros;
import dev.headway.filling.strategy.Strategy;
import dev.headway.testkit.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The words and the bar of planning. */
final class PlanningProgressTest {
  private final ManualClock clock = new ManualClock(Instant.parse("2026-11-30T12:00:00Z"));
  private final List<String> shown = new ArrayList<>();

  private PlanningProgress progress(Strategy strategy) {
    return new PlanningProgress(
        strategy,
        (fraction, message) -> shown.add("%.2f %s".formatted(fraction, message)),
        () -> false,
        clock,
        Duration.ofSeconds(40));
  }

  @Test
  void search_thatFindsNothingBetter_movesByTimeAndSaysWhatItHas() {
    var progress = progress(Strategy.BEST);
    progress.placed(25, 50);
    progress.improved(Micros.ofHours(1_007), Micros.ofHours(1_000));
    progress.placed(50, 50);
    clock.advance(Duration.ofSeconds(10));
    progress.cancelled();
    clock.advance(Duration.ofSeconds(10));
    progress.cancelled();
    assertThat(shown)
        .containsExactly(
            "0.00 1007.00 h found, 0.7 % above the bound",
            "0.25 1007.00 h found, 0.7 % above the bound",
            "0.50 1007.00 h found, 0.7 % above the bound");
  }

  @Test
  void dispatching_isAsFarAsLotsArePlaced() {
    progress(Strategy.LPT_PACK).placed(25, 50);
    assertThat(shown).containsExactly("0.50 25 of 50 lots placed");
  }
}
