package dev.headway.spc.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Payloads byte by byte, as the protocol buffers encoding and sparkplug_b.proto say. */
final class SparkplugPayloadTest {
  private static SparkplugPayload payload(String hex) throws IOException {
    return SparkplugPayload.of(HexFormat.of().parseHex(hex.replace(" ", "")));
  }

  @Test
  void payload_withADouble_isRead() throws IOException {
    // timestamp 1486144502122; metric: name "d", timestamp 150, datatype Double, double 10.5; seq 3
    var read = payload("08 eaf2f5a8a02b  12 11  0a0164 189601 200a 690000000000002540  1803");
    assertThat(read.timestamp()).isEqualTo(1_486_144_502_122L);
    assertThat(read.metrics()).containsExactly(new SparkplugPayload.Metric("d", 0, 150, 10.5));
  }

  @ParameterizedTest
  @CsvSource({
    "'2003 50fbffffff0f', -5",
    "'2001 50fb01', -5",
    "'2007 50fbffffff0f', 4294967291",
    "'2008 5896 01', 150",
    "'2009 65cdcc2341', 10.2375",
    "'2009 6533332341', 10.2"
  })
  void metric_ofEachKindOfNumber_hasItsValue(String fields, double value) throws IOException {
    var metric = "1007" + fields.replace(" ", "");
    var read = payload("12%02x%s".formatted(metric.length() / 2, metric));
    assertThat(read.metrics()).containsExactly(new SparkplugPayload.Metric("", 7, 0, value));
  }

  @Test
  void metric_thatIsAText_hasNoNumber() throws IOException {
    assertThat(payload("12 0a 0a0164 200c 7a03 414243").metrics())
        .containsExactly(new SparkplugPayload.Metric("d", 0, 0, null));
  }

  @Test
  void bytes_thatAreNone_areRefused() {
    assertThatThrownBy(() -> payload("12ff")).isInstanceOf(IOException.class);
  }

  @Test
  void rebirth_isACommandWithOneMetric() throws IOException {
    var command = SparkplugPayload.of(SparkplugPayload.rebirth(1_000));
    assertThat(command.timestamp()).isEqualTo(1_000);
    assertThat(command.metrics())
        .containsExactly(new SparkplugPayload.Metric("Node Control/Rebirth", 0, 1_000, null));
  }
}
