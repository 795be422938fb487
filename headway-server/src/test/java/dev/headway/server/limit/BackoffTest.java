package dev.headway.server.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class BackoffTest {
  private static final Duration BASE = Duration.ofMillis(500);
  private static final Duration MOST = Duration.ofSeconds(8);

  private final Backoff backoff = new Backoff(BASE, MOST);

  @Test
  void limit_ofFurtherFailures_doublesUpToTheLargest() {
    assertThat(backoff.limit(1)).isEqualTo(BASE);
    assertThat(backoff.limit(2)).isEqualTo(Duration.ofSeconds(1));
    assertThat(backoff.limit(5)).isEqualTo(MOST);
    assertThat(backoff.limit(1_000_000)).isEqualTo(MOST);
  }

  @Test
  void jittered_drawnOften_fillsTheRangeUpToTheLimit() {
    var random = new Random(14);
    var drawn = random.ints(1_000).mapToObj(_ -> backoff.jittered(2, random)).sorted().toList();
    assertThat(drawn.getFirst()).isBetween(Duration.ZERO, Duration.ofMillis(20));
    assertThat(drawn.getLast()).isBetween(Duration.ofMillis(980), Duration.ofSeconds(1));
  }

  @Test
  void limits_notPositiveOrTheWrongWayRound_areRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(Duration.ZERO, MOST));
    assertThatIllegalArgumentException().isThrownBy(() -> new Backoff(MOST, BASE));
  }
}
