package dev.headway.server.http.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TargetTest {
  @Test
  void parse_encodedSegmentsAndQuery_decodedOnce() {
    var target =
        Target.parse("/api/v1/topics/job%3A1/events?search=a%2Bb+c%20%C3%BC&search=z&empty");

    assertThat(target.segments()).containsExactly("api", "v1", "topics", "job:1", "events");
    assertThat(target.query()).isEqualTo(Map.of("search", "a+b c ü", "empty", ""));
  }

  @Test
  void parse_doublyEncoded_staysEncoded() {
    assertThat(Target.parse("/a/%252e%252e/b").segments()).isEqualTo(List.of("a", "%2e%2e", "b"));
  }

  @Test
  void parse_absoluteForm_likeItsPath() {
    assertThat(Target.parse("http://example.org/jobs?page=2").path()).isEqualTo("/jobs");
  }

  @Test
  void parse_token_isNoParameter() {
    var target = Target.parse("/jobs?token=secret&page=1");

    assertThat(target.token()).isEqualTo("secret");
    assertThat(target.query()).isEqualTo(Map.of("page", "1"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*",
        "jobs",
        "/a/../b",
        "/a/./b",
        "/a/%2e%2e/b",
        "/a/.%2E",
        "/a%2Fb",
        "/a%2fb",
        "/a%5cb",
        "/a\\b",
        "/a%00b",
        "/a%0ab",
        "/a b",
        "/a#b",
        "/%",
        "/%4",
        "/%zz",
        "/%-1",
        "/%ff",
        "/%c0%af",
        "/%ed%a0%80",
        "/ü",
        "/a?b=%f",
        "/a?b=%ff",
        "http://example.org"
      })
  void parse_trickery_isInvalidInput(String raw) {
    assertThatThrownBy(() -> Target.parse(raw))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_INPUT));
  }

  @ParameterizedTest
  @CsvSource({
    "/ws?token=secret, /ws?token=***",
    "/ws?page=1&TOKEN=secret&x=2, /ws?page=1&token=***&x=2",
    "/ws?%74oken=secret, /ws?token=***",
    "/ws?access_token=secret, /ws?token=***",
    "/ws?%zz=secret, /ws?token=***",
    "/ws?a=ü, /ws?a=?",
    "/ws, /ws"
  })
  void loggable_anyTarget_holdsNoToken(String raw, String logged) {
    assertThat(Target.loggable(raw)).isEqualTo(logged);
  }
}
