package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.headway.core.fixture.Together;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class BellTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final Bell bell = new Bell();

  @Test
  void await_rungSinceItWasRead_returnsAtOnce() {
    var seen = bell.rings();
    bell.ring();

    assertTimeoutPreemptively(LIMIT, () -> bell.await(seen, LONG));
  }

  @Test
  void await_notRung_returnsWhenPatienceEnds() {
    assertTimeoutPreemptively(LIMIT, () -> bell.await(bell.rings(), Duration.ofMillis(1)));
    assertTimeoutPreemptively(LIMIT, () -> bell.await(bell.rings(), Duration.ZERO));
    assertThat(bell.rings()).isZero();
  }

  @Test
  void ring_whileSeveralWait_wakesThemAllAndNoneIsMissed() {
    try (var threads = new Together(4)) {
      Callable<Boolean> waits =
          () -> {
            for (var seen = bell.rings(); seen < 1_000; seen = bell.rings()) {
              bell.await(seen, LONG);
            }
            return true;
          };
      Callable<Boolean> rings =
          () -> {
            for (var at = 0; at < 1_000; at++) {
              bell.ring();
            }
            return true;
          };
      assertThat(threads.run(List.of(waits, waits, waits, rings))).containsOnly(true);
    }
  }
}
