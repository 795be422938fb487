package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.headway.core.fixture.Together;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

class QueueSignalTest {
  private static final Duration LONG = Duration.ofHours(1);
  private static final Duration LIMIT = Duration.ofSeconds(90);

  private final QueueSignal queueSignal = new QueueSignal();

  @Test
  void await_rungSinceItWasRead_returnsAtOnce() {
    var seen = queueSignal.count();
    queueSignal.raise();

    assertTimeoutPreemptively(LIMIT, () -> queueSignal.await(seen, LONG));
  }

  @Test
  void await_notRung_returnsWhenPatienceEnds() {
    assertTimeoutPreemptively(
        LIMIT, () -> queueSignal.await(queueSignal.count(), Duration.ofMillis(1)));
    assertTimeoutPreemptively(LIMIT, () -> queueSignal.await(queueSignal.count(), Duration.ZERO));
    assertThat(queueSignal.count()).isZero();
  }

  @Test
  void ring_whileSeveralWait_wakesThemAllAndNoneIsMissed() {
    try (var threads = new Together(4)) {
      Callable<Boolean> waits =
          () -> {
            for (var seen = queueSignal.count(); seen < 1_000; seen = queueSignal.count()) {
              queueSignal.await(seen, LONG);
            }
            return true;
          };
      Callable<Boolean> rings =
          () -> {
            for (var at = 0; at < 1_000; at++) {
              queueSignal.raise();
            }
            return true;
          };
      assertThat(threads.run(List.of(waits, waits, waits, rings))).containsOnly(true);
    }
  }
}
