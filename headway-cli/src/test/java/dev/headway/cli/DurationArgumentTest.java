package dev.headway.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.TypeConversionException;

/** The forms in which a duration can be typed. */
final class DurationArgumentTest {
  private final DurationArgument argument = new DurationArgument();

  @ParameterizedTest
  @CsvSource({
    "10s,PT10S",
    "1m,PT1M",
    "1m30s,PT1M30S",
    "2H,PT2H",
    "7d,PT168H",
    "500ms,PT0.5S",
    "90,PT1M30S",
    "PT5S,PT5S"
  })
  void convert_everyForm_isThatLong(String typed, Duration expected) {
    assertThat(argument.convert(typed)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "soon", "-5s", "PT-5S", "10 parsecs", "1s1m"})
  void convert_anythingElse_isRefusedWithTheForms(String typed) {
    assertThatThrownBy(() -> argument.convert(typed))
        .isInstanceOf(TypeConversionException.class)
        .hasMessage("'%s' is not a duration such as 10s or 1m".formatted(typed));
  }

  @Test
  void convert_zero_isNoTime() {
    assertThat(argument.convert("0")).isEqualTo(Duration.ZERO);
  }
}
