package dev.headway.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ProblemTest {
  @ParameterizedTest
  @EnumSource
  void status_everyCode_isAnErrorOfHttp(ErrorCode code) {
    assertThat(Problem.status(code)).isBetween(400, 599);
  }

  @ParameterizedTest
  @EnumSource
  void standard_everyCode_hasTheMembersOfRfc9457BesideItsOwn(ErrorCode code) {
    var refused = new HeadwayException(code, "Why");
    var answer = (Response.Whole) Problem.of(refused, "r1");

    var standard = Problem.standard(answer, "text/html, application/Problem+JSON;q=0.9");

    var body = JsonCodec.mapper().readTree(standard.body());
    assertThat(standard.mediaType()).isEqualTo("application/problem+json");
    assertThat(body.get("type").asString()).isEqualTo("about:blank");
    assertThat(body.get("title").asString()).isNotEmpty().isNotEqualTo("Error");
    assertThat(body.get("status").asInt()).isEqualTo(answer.status());
    assertThat(body.get("detail").asString()).isEqualTo("Why");
    assertThat(body.get("code").asString()).isEqualTo(code.name());
    assertThat(standard.headers()).isEqualTo(answer.headers());
    assertThat(Problem.standard(answer, "application/json")).isSameAs(answer);
  }

  @ParameterizedTest
  @EnumSource(names = {"RATE_LIMITED", "UNAVAILABLE"})
  void status_codeWithRetryAfter_mayHelpLater(ErrorCode code) {
    assertThat(Problem.status(code)).isIn(429, 503);
    assertThat(code.retryable()).isTrue();
  }
}
