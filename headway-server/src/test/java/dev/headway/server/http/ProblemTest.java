package dev.headway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.ErrorCode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
  @ParameterizedTest
  @EnumSource
  void status_everyCode_isAnErrorOfHttp(ErrorCode code) {
    assertThat(Problem.status(code)).isBetween(400, 599);
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "UNAVAILABLE"})
  void status_codeWithRetryAfter_mayHelpLater(ErrorCode code) {
    assertThat(Problem.status(code)).isIn(429, 503);
    assertThat(code.retryable()).isTrue();
  }
}
