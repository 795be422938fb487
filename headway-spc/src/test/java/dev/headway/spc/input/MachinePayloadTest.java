package dev.headway.spc.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.HeadwayException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

final class MachinePayloadTest {
  private static ObjectNode sample(String payload) {
    return MachinePayload.sample(payload.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10.2",
        " 10.2\n",
        "\"10.2\"",
        "+10.2",
        "10,2",
        "10.2 mm",
        "10,2 µm",
        "[10.2]",
        "{\"value\": 10.2}",
        "{\"value\": \"10,2 mm\"}",
        "{\"measurements\": 10.2}",
        "{\"Value\": 10.2}",
        "{\"value\": {\"value\": 10.2, \"unit\": \"mm\"}}",
        "{\"measurements\": [{\"value\": 10.2}]}",
        "[{\"ts\": 1795154400000, \"values\": {\"diameter\": \"10.2\"}}]",
        "{\"measurements\": [10.2], \"machine\": \"M3\"}",
        "{\"measurements\": [10.2], \"timestamp\": 1795154400000}",
        "{\"ts\": 1795154400000, \"values\": {\"diameter\": 10.2}}"
      })
  void payload_inAnyForm_isTheSameMeasurement(String payload) {
    assertThat(sample(payload).get("measurements").toString()).isEqualTo("[10.2]");
  }

  @ParameterizedTest
  @CsvSource({
    "1795154400, 2026-11-20T06:00:00Z",
    "1795154400000, 2026-11-20T06:00:00Z",
    "1795154400.25, 2026-11-20T06:00:00.250Z",
    "'\"1795154400000\"', 2026-11-20T06:00:00Z",
    "1795154400000000, 2026-11-20T06:00:00Z"
  })
  void time_sinceTheEpoch_isToldBySize(String count, String time) {
    assertThat(sample("{\"value\":1,\"ts\":%s}".formatted(count)).get("timestamp").asString())
        .isEqualTo(time);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ten",
        "{}",
        "10.2 mm mm",
        "NaN",
        "10.2,10.3",
        "{\"v\":1}",
        "{\"values\":{\"a\":1,\"b\":2}}"
      })
  void payload_thatIsNoSample_saysWhy(String payload) {
    assertThatThrownBy(() -> sample(payload)).isInstanceOf(HeadwayException.class);
  }

  @Test
  void numbers_ofASubgroup_keepTheirOrder_andWhatIsNone_isLeftForTheCheck() {
    assertThat(sample("10.2;10,3; 10.4 mm").get("measurements").toString())
        .isEqualTo("[10.2,10.3,10.4]");
    assertThat(sample("[1, \"2,5\", \"x\"]").get("measurements").toString())
        .isEqualTo("[1,2.5,\"x\"]");
  }
}
