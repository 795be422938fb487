package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.spc.alarm.AlarmSettings;
import dev.headway.spc.input.SampleTimes;
import dev.headway.spc.mqtt.MqttSettings;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Values that machines publish under topics of their own, led to characteristics by signals. */
final class SignalTest {
  @TempDir private Path data = Path.of("");
  private Mosquitto broker;
  private SpcServer spc;
  private Mosquitto.Machine machine;

  @BeforeEach
  void start() throws Exception {
    broker = new Mosquitto(data).start();
    var mqtt =
        new MqttSettings(
            broker.address(),
            MqttSettings.TOPIC,
            "headway-test",
            new MqttSettings.Login("", ""),
            Duration.ofMillis(100));
    var preset = SpcSettings.DEFAULT;
    spc =
        new SpcServer(
            SpcServer.Setup.sqlite(data)
                .with(
                    new SpcSettings(
                        preset.heartbeatInterval(),
                        preset.heartbeatTimeout(),
                        null,
                        mqtt,
                        SampleTimes.DEFAULT,
                        AlarmSettings.DEFAULT,
                        false)));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> spc.text("/metrics").contains("headway_spc_mqtt_connected 1.0"));
    machine = broker.machine();
  }

  @AfterEach
  void stop() throws Exception {
    machine.close();
    spc.close();
    broker.stop();
  }

  private long characteristic(String name, int size) throws Exception {
    return spc.post(
            "/api/v1/characteristics",
            "{\"name\":\"%s\",\"subgroup_size\":%d}".formatted(name, size))
        .expect(201)
        .id("id");
  }

  private long signal(String draft) throws Exception {
    return spc.post("/api/v1/signals", draft).expect(201).id("id");
  }

  private void publish(String topic, String payload) throws Exception {
    machine.publishUnder(topic, payload.getBytes(StandardCharsets.UTF_8));
  }

  private List<JsonNode> samples(long id) throws Exception {
    var page = spc.get("/api/v1/samples?characteristic_id=" + id).expect(200).body();
    return page.get("samples").valueStream().toList().reversed();
  }

  private void await(long id, int count) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(() -> assertThat(samples(id)).hasSize(count));
  }

  private JsonNode awaitRefused() {
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> spc.get("/api/v1/refused-messages").expect(200).body().get("total").asInt() > 0);
    try {
      return spc.get("/api/v1/refused-messages").expect(200).body().at("/messages/0");
    } catch (Exception failed) {
      throw new AssertionError(failed);
    }
  }

  @Test
  void message_withSeveralValues_isASampleOfEachOfItsCharacteristics() throws Exception {
    var bore = characteristic("bore", 1);
    var depth = characteristic("depth", 1);
    signal(
        "{\"topic\":\"plant/+/gauge\",\"path\":\"values.bore\",\"characteristic_id\":%d}"
            .formatted(bore));
    signal(
        "{\"topic\":\"plant/#\",\"path\":\"$.values.depth\",\"characteristic_id\":%d}"
            .formatted(depth));
    publish(
        "plant/press1/gauge",
        "{\"ts\":1795154400000,\"values\":{\"bore\":10.2,\"depth\":\"4,5 mm\"}}");
    await(bore, 1);
    await(depth, 1);
    assertThat(samples(depth).getFirst().get("value").asDouble()).isEqualTo(4.5);
    assertThat(samples(depth).getFirst().get("timestamp").asString())
        .isEqualTo("2026-11-20T06:00:00.000Z");
  }

  @Test
  void message_thatItsSignalDoesNotFit_isKept_andTakenOnceTheSignalWasMended() throws Exception {
    var bore = characteristic("bore", 1);
    var draft = "{\"topic\":\"plant/gauge\",\"path\":\"%s\",\"characteristic_id\":%d}";
    var signal = signal(draft.formatted("values.diameter", bore));
    publish("plant/gauge", "{\"values\":{\"bore\":10.2}}");
    var refused = awaitRefused();
    assertThat(refused.at("/reasons/0/field").asString()).isEqualTo("values.diameter");
    assertThat(refused.get("payload").asString()).contains("10.2");
    var retry = "/api/v1/refused-messages/%d/retry".formatted(refused.get("id").asLong());
    assertThat(spc.post(retry, "").expect(200).body().get("taken").asBoolean()).isFalse();
    spc.call("PUT", "/api/v1/signals/" + signal, null, draft.formatted("values.bore", bore))
        .expect(200);
    var again = "/api/v1/refused-messages/%d/retry".formatted(awaitRefused().get("id").asLong());
    assertThat(spc.post(again, "").expect(200).body().get("taken").asBoolean()).isTrue();
    await(bore, 1);
    assertThat(spc.get("/api/v1/refused-messages").expect(200).body().get("total").asInt())
        .isZero();
  }

  @Test
  void singleValues_areGatheredIntoSubgroups_byCountAndByKey() throws Exception {
    var bore = characteristic("bore", 3);
    signal(
        "{\"topic\":\"plant/gauge\",\"path\":\"v\",\"characteristic_id\":%d,\"gather_seconds\":3600,\"key_path\":\"part\"}"
            .formatted(bore));
    for (var value : List.of(1, 2, 3)) {
      publish("plant/gauge", "{\"part\":\"P1\",\"v\":%d}".formatted(value));
    }
    await(bore, 1);
    assertThat(samples(bore).getFirst().get("measurements").toString()).isEqualTo("[1.0,2.0,3.0]");
    assertThat(samples(bore).getFirst().get("batch_number").asString()).isEqualTo("P1");
    publish("plant/gauge", "{\"part\":\"P2\",\"v\":4}");
    publish("plant/gauge", "{\"part\":\"P3\",\"v\":5}");
    assertThat(awaitRefused().at("/reasons/0/message").asString()).contains("1 of 3 values");
  }

  @Test
  void subgroup_thatNeverFills_isRefusedWhenItsTimeIsUp() throws Exception {
    var bore = characteristic("bore", 3);
    signal(
        "{\"topic\":\"plant/gauge\",\"characteristic_id\":%d,\"gather_seconds\":1}"
            .formatted(bore));
    publish("plant/gauge", "10.2 mm");
    var refused = awaitRefused();
    assertThat(refused.at("/reasons/0/message").asString()).contains("within 1 s");
    assertThat(refused.get("payload").asString()).isEqualTo("[10.2]");
  }

  @Test
  void sparkplug_metricsAreTakenByName_andByTheAliasOfTheBirth() throws Exception {
    var bore = characteristic("bore", 1);
    signal(
        "{\"topic\":\"spBv1.0/plant/DDATA/edge/gauge\",\"path\":\"Bore\",\"characteristic_id\":%d}"
            .formatted(bore));
    machine.hear("spBv1.0/plant/NCMD/edge");
    var hex = HexFormat.of();
    var byAlias = hex.parseHex("120d1005200a690000000000002540");
    machine.publishUnder("spBv1.0/plant/DDATA/edge/gauge", byAlias);
    assertThat(machine.next()).contains("Rebirth");
    assertThat(awaitRefused().at("/reasons/0/message").asString()).contains("alias 5");
    machine.publishUnder(
        "spBv1.0/plant/DBIRTH/edge/gauge",
        hex.parseHex("12130a04426f72651005200a690000000000002440"));
    machine.publishUnder("spBv1.0/plant/DDATA/edge/gauge", byAlias);
    await(bore, 1);
    assertThat(samples(bore).getFirst().get("value").asDouble()).isEqualTo(10.5);
    var nodes = spc.get("/api/v1/signals").expect(200).body().get("nodes");
    assertThat(nodes.toString()).contains("\"node\":\"plant/edge/gauge\",\"online\":true");
    machine.publishUnder("spBv1.0/plant/NDEATH/edge", hex.parseHex("1801"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> spc.get("/api/v1/signals").expect(200).text().contains("\"online\":false"));
  }

  @Test
  void signal_badOnes_areRefused() throws Exception {
    assertThat(
            spc.post("/api/v1/signals", "{\"topic\":\"a/#/b\",\"characteristic_id\":4711}")
                .expect(422)
                .text())
        .contains("4711 is no characteristic");
    var bore = characteristic("bore", 1);
    var draft = "{\"topic\":\"%s\",\"path\":%s,\"characteristic_id\":" + bore + "}";
    assertThat(spc.post("/api/v1/signals", draft.formatted("a/#/b", "null")).expect(422).text())
        .contains("no topic or pattern");
    spc.post("/api/v1/signals", draft.formatted("spBv1.0/a/DDATA/b", "null")).expect(422);
    spc.post("/api/v1/signals", draft.formatted("a", "\"a..b\"")).expect(422);
    spc.call("DELETE", "/api/v1/signals/4711", null, null).expect(404);
    spc.post("/api/v1/refused-messages/4711/retry", "").expect(404);
  }
}
