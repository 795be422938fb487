package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.fixture.TestClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AbsenceDetectorTest {
  private final TestClock clock = new TestClock();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger returns = new AtomicInteger();
  private final AbsenceDetector absence =
      new AbsenceDetector(clock, nanos::get, returns::incrementAndGet);

  private void passes(long wallSeconds, long seconds) {
    clock.advanceSeconds(wallSeconds);
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    absence.tick();
  }

  @Test
  void tick_inTime_isNoAbsence() {
    for (var tick = 0; tick < 10; tick++) {
      passes(1, 1);
    }

    assertThat(returns).hasValue(0);
  }

  @Test
  void tick_afterAPause_isOneAbsence() {
    absence.tick();

    passes(8, 8);
    passes(1, 1);

    assertThat(returns).hasValue(1);
  }

  @Test
  void tick_afterAStepOfTheWallClock_isAnAbsenceEitherWay() {
    absence.tick();

    passes(7_200, 1);
    assertThat(returns).hasValue(1);
    passes(-7_200, 1);
    assertThat(returns).hasValue(2);
  }

  @Test
  void tick_afterTheMachineSlept_isAnAbsence() {
    absence.tick();

    passes(60, 0);

    assertThat(returns).hasValue(1);
  }
}
