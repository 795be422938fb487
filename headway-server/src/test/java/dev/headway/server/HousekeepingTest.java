package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.routes.HealthRoutes.DutyAge;
import dev.headway.testkit.Patience;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class HousekeepingTest {
  private final AtomicLong now = new AtomicLong(1_000);
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Housekeeping housekeeping = new Housekeeping(now::get, meters);

  @AfterEach
  void close() {
    housekeeping.close();
  }

  @Test
  void duty_throwsAnError_isDoneAgainAndCounted() throws InterruptedException {
    var rounds = new CountDownLatch(3);
    housekeeping.every(
        Duration.ofMillis(1),
        "watch jobs",
        () -> {
          rounds.countDown();
          throw new OutOfMemoryError("of a test");
        });
    housekeeping.start();

    assertThat(rounds.await(Patience.LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    var failed = meters.get("headway.duties.failed").tag("duty", "watch jobs").counter();
    assertThat(failed.count()).isGreaterThanOrEqualTo(2);
  }

  @Test
  void duty_throwsOneErrorOnly_succeedsAfterwards() throws InterruptedException {
    var rounds = new AtomicLong();
    var done = new CountDownLatch(1);
    housekeeping.every(
        Duration.ofMillis(1),
        "cancel orphans",
        () -> {
          if (rounds.incrementAndGet() == 1) {
            throw new StackOverflowError("of a test");
          }
          done.countDown();
        });
    housekeeping.start();

    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
    var failed = meters.get("headway.duties.failed").tag("duty", "cancel orphans").counter();
    assertThat(failed.count()).isEqualTo(1);
  }

  @Test
  void ages_dutyThatNeverSucceeds_growsUntilItIsLate() {
    housekeeping.every(Duration.ofHours(1), "purge jobs", () -> {});
    housekeeping.every(Duration.ofDays(1), "sleep", () -> {});
    housekeeping.start();
    now.addAndGet(Duration.ofHours(2).toMillis());

    assertThat(housekeeping.ages())
        .isEqualTo(
            Map.of(
                "purge jobs", new DutyAge(Duration.ofHours(2), true),
                "sleep", new DutyAge(Duration.ofHours(2), false)));
  }
}
