package dev.headway.core.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RetryPauseTest {
  @ParameterizedTest
  @CsvSource({"1, 1000", "2, 2000", "3, 4000", "7, 64000", "8, 100000", "500, 100000"})
  void after_failures_isDoubledUpToTheLongest(int failures, long millis) {
    for (var job = 0; job < 100; job++) {
      assertThat(RetryPause.DEFAULT.after(failures, new UUID(0, job)))
          .isBetween(Duration.ofMillis(millis), Duration.ofMillis(millis * 5 / 4));
    }
  }

  @Test
  void after_differentJobs_differs() {
    assertThat(RetryPause.DEFAULT.after(1, new UUID(0, 1)))
        .isNotEqualTo(RetryPause.DEFAULT.after(1, new UUID(0, 2)));
  }
}
