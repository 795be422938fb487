package dev.headway.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ColumnsTest {
  static Stream<List<String>> strings() {
    return Stream.of(
        List.of(),
        List.of(""),
        List.of("", ""),
        List.of("a", "b"),
        List.of("\n", "\\", "\\n", "\\\n", "a\\"),
        List.of("🏭\r\t"));
  }

  @ParameterizedTest
  @MethodSource("strings")
  void lines_anyStrings_comeBack(List<String> strings) {
    assertThat(Columns.lines(Columns.lines(strings))).isEqualTo(strings);
  }

  @Test
  void micros_finerThanAMicrosecond_isCutOff() {
    assertThat(Columns.micros(Instant.ofEpochSecond(1, 1_999))).isEqualTo(1_000_001);
    assertThat(Columns.micros(Duration.ofNanos(1_999))).isEqualTo(1);
  }
}
