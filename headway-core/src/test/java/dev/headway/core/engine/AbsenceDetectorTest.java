package dev.headway.core.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.fixture.TestClock;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AbsenceDetectorTest {
  private final TestClock clock = new TestClock();
  private final AtomicLong nanos = new AtomicLong();
  private final AtomicInteger returns = new AtomicInteger();
  private final AbsenceDetector absence = new AbsenceDetector(clock, nanos::get);

  private void passes(long wallSeconds, long seconds) {
    clock.advanceSeconds(wallSeconds);
    nanos.addAndGet(Duration.ofSeconds(seconds).toNanos());
    absence.tick();
    absence.afterAbsence(returns::incrementAndGet);
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

  @Test
  void afterAbsence_workThatTakesLong_isNoAbsenceOfItsOwn() {
    absence.tick();
    nanos.addAndGet(Duration.ofSeconds(8).toNanos());
    absence.tick();
    absence.afterAbsence(() -> {
      for (var second = 0; second < 10; second++) {
        clock.advanceSeconds(1);
        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        absence.tick(); // by its own thread
      }
    });

    passes(1, 1);

    assertThat(returns).hasValue(0);
  }

  @Test
  void afterAbsence_workThatFails_isDoneAgain() {
    absence.tick();
    clock.advanceSeconds(60);
    absence.tick();
    assertThatThrownBy(() ->
            absence.afterAbsence(() -> {
              throw new IllegalStateException("the store is away");
            }))
        .hasMessage("the store is away");

    passes(1, 1);

    assertThat(returns).hasValue(1);
  }

  @Test
  void trustedTime_afterAnAbsence_staysUntilItHasBeenSeenTo() {
    passes(1, 1);
    var before = clock.instant();
    assertThat(absence.trustedTime()).isEqualTo(before);

    clock.advanceSeconds(7_200);
    assertThat(absence.trustedTime()).isEqualTo(before);
    absence.tick();
    assertThat(absence.trustedTime()).isEqualTo(before);
    assertThatThrownBy(() ->
            absence.afterAbsence(() -> {
              throw new IllegalStateException("no database");
            }))
        .hasMessage("no database");
    assertThat(absence.trustedTime()).isEqualTo(before);

    absence.afterAbsence(returns::incrementAndGet);
    assertThat(absence.trustedTime()).isEqualTo(clock.instant());
  }
}
