package dev.headway.spc.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class ValuePathTest {
  private static final String MESSAGE =
      "{\"values\":{\"diameter\":10.2,\"a.b\":7},\"readings\":[{\"v\":1},{\"v\":2}],\"none\":null}";

  @ParameterizedTest
  @CsvSource({
    "values.diameter, 10.2",
    "$.values.diameter, 10.2",
    "/values/diameter, 10.2",
    "/values/a.b, 7",
    "readings[1].v, 2",
    "$.readings[0].v, 1"
  })
  void path_inEachNotation_findsTheValue(String path, double value) {
    var message = JsonCodec.parse(MESSAGE.getBytes(StandardCharsets.UTF_8));
    var found = ValuePath.of(path).in(message);
    assertThat(found).isNotNull();
    assertThat(String.valueOf(found))
        .satisfies(text -> assertThat(Double.parseDouble(text)).isEqualTo(value));
  }

  @ParameterizedTest
  @ValueSource(strings = {"values.height", "none", "readings[2].v", "values.diameter.more"})
  void path_toNothing_findsNothing(String path) {
    var message = JsonCodec.parse(MESSAGE.getBytes(StandardCharsets.UTF_8));
    assertThat(ValuePath.of(path).in(message)).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ".a", "a..b", "a."})
  void text_thatIsNoPath_isRefused(String text) {
    assertThatThrownBy(() -> ValuePath.of(text)).isInstanceOf(HeadwayException.class);
  }
}
