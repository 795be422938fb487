package dev.headway.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class RemainingTimeTest {
  private long now;
  private final RemainingTime left = new RemainingTime(10, () -> now);

  private void turn(Duration length) {
    now += length.toNanos();
    left.taken();
  }

  @Test
  void text_beforeTheFirstTurnIsOver_promisesNothing() {
    now += 1_000_000;
    assertThat(left.text()).isEmpty();
  }

  @Test
  void text_afterSomeTurns_takesTheOthersForAsLong() {
    turn(Duration.ofSeconds(10));
    assertThat(left.text()).isEqualTo(", about 1:30 min left");
    turn(Duration.ofSeconds(20));
    assertThat(left.text()).isEqualTo(", about 2:00 min left");
  }

  @Test
  void text_inTheEnd_isInSeconds() {
    for (var turn = 0; turn < 9; turn++) {
      turn(Duration.ofSeconds(8));
    }
    assertThat(left.text()).isEqualTo(", about 8 s left");
  }
}
