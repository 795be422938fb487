package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.spc.alarm.AlarmSettings;
import dev.headway.spc.input.SampleTimes;
import dev.headway.spc.mqtt.MqttSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Samples that machines publish to a Mosquitto broker. */
final class MqttTest {
  private static final String EARLY = "2026-01-01T00:00:00Z";

  @TempDir private Path data = Path.of("");
  private Mosquitto broker;
  private SpcServer spc;

  @BeforeEach
  void start() throws Exception {
    broker = new Mosquitto(data).start();
    spc = new SpcServer(setup());
    awaitConnected(true);
  }

  private void awaitConnected(boolean connected) {
    var gauge = "headway_spc_mqtt_connected " + (connected ? "1.0" : "0.0");
    Awaitility.await().until(() -> metrics().contains(gauge));
  }

  @AfterEach
  void stop() throws Exception {
    spc.close();
    broker.stop();
  }

  private SpcServer.Setup setup() {
    var mqtt =
        new MqttSettings(
            broker.address(),
            MqttSettings.TOPIC,
            "headway-test",
            new MqttSettings.Login("", ""),
            Duration.ofMillis(100));
    var preset = SpcSettings.DEFAULT;
    return SpcServer.Setup.sqlite(data)
        .with(
            new SpcSettings(
                preset.heartbeatInterval(),
                preset.heartbeatTimeout(),
                null,
                mqtt,
                SampleTimes.DEFAULT,
                AlarmSettings.DEFAULT,
                false));
  }

  private List<JsonNode> samples(long id) throws Exception {
    var page = spc.get("/api/v1/samples?characteristic_id=" + id).expect(200).body();
    return page.get("samples").valueStream().toList().reversed();
  }

  private void awaitSamples(long id, int count) {
    Awaitility.await().untilAsserted(() -> assertThat(samples(id)).hasSize(count));
  }

  @Test
  void message_ofEachForm_becomesASampleThatWatchersSee() throws Exception {
    var bore = spc.limited("bore");
    var pair =
        spc.post("/api/v1/characteristics", "{\"name\":\"pair\",\"subgroup_size\":2}")
            .expect(201)
            .id("id");
    try (var watcher = spc.watch(bore, pair);
        var machine = broker.machine()) {
      machine.publish(bore, "14.25");
      assertThat(watcher.awaitText("\"sample\"")).contains("\"value\":14.25", "beyond_ucl");
      assertThat(watcher.next()).contains("\"violation\"", "\"rule_id\":1");
      machine.publish(pair, "[1, 3]");
      assertThat(watcher.awaitText("\"sample\"")).contains("\"value\":2.0");
      machine.publish(
          pair,
          "{\"measurements\":[2,4],\"timestamp\":\"%s\",\"batch_number\":\"B7\"}"
              .formatted(Clock.systemUTC().instant().plusSeconds(60)));
      watcher.awaitText("\"value\":3.0");
    }
    assertThat(samples(pair).getLast().get("batch_number").asString()).isEqualTo("B7");
  }

  @Test
  void message_thatIsNoSample_isAnsweredAndCounted_andTheNextIsTaken() throws Exception {
    var id = spc.limited("bore");
    try (var machine = broker.machine()) {
      machine.hear("headway/characteristics/+/samples/rejected");
      machine.publish(id, "not json");
      assertThat(machine.next()).contains("characteristics/" + id + "/", "not json", "payload");
      machine.publish(id, "NaN");
      assertThat(machine.next()).contains("NaN");
      machine.publish(id, "[1,2,3]");
      assertThat(machine.next()).contains("the subgroup size is 1");
      machine.publish(4711, "10");
      assertThat(machine.next()).contains("4711 is no characteristic");
      machine.publish("bore", "10", false);
      assertThat(machine.next()).contains("bore", "is no characteristic");
      machine.publish(id, "{\"characteristic_id\":9,\"measurements\":[10]}");
      assertThat(machine.next()).contains("9 is not the topic's");
      machine.publish(id, "");
      assertThat(machine.next()).contains("payload");
      machine.publish(id, sample(EARLY, 10));
      awaitSamples(id, 1);
      machine.publish(id, sample("2025-01-01T00:00:00Z", 10));
      assertThat(machine.next()).contains("before the newest sample");
      machine.publish(id, "10.5");
      awaitSamples(id, 2);
    }
    assertThat(metrics())
        .contains(
            "headway_spc_mqtt_messages_total{outcome=\"refused\"} 8.0",
            "headway_spc_mqtt_messages_total{outcome=\"taken\"} 2.0",
            "headway_spc_mqtt_connected 1.0");
  }

  private static String sample(String timestamp, double value) {
    return "{\"measurements\":[%s],\"timestamp\":\"%s\"}".formatted(value, timestamp);
  }

  private String metrics() throws Exception {
    return spc.text("/metrics");
  }

  @Test
  void broker_thatGoesAndComes_isConnectedToAgain() throws Exception {
    var id = spc.limited("bore");
    try (var machine = broker.machine()) {
      machine.publish(id, "10");
      awaitSamples(id, 1);
    }
    broker.stop();
    awaitConnected(false);
    spc.sample(id, 11).expect(201);
    broker.start();
    awaitConnected(true);
    try (var machine = broker.machine()) {
      machine.publish(id, "12");
      awaitSamples(id, 3);
    }
  }

  @Test
  void messages_whileTheServerIsAway_areTakenOnceWhenItIsBack() throws Exception {
    var id = spc.limited("bore");
    try (var machine = broker.machine()) {
      machine.publish(id, "10");
      awaitSamples(id, 1);
      spc.close();
      for (var value = 11; value <= 30; value++) {
        machine.publish(id, Integer.toString(value));
      }
      spc = new SpcServer(setup());
      awaitSamples(id, 21);
      assertThat(samples(id)).extracting(sample -> sample.get("mean").asInt()).isSorted();
    }
  }

  @Test
  void message_thatCouldNotBeStored_isNotAcknowledged_andComesAgain() throws Exception {
    var id = spc.limited("bore");
    try (var machine = broker.machine()) {
      machine.publish(id, "10");
      awaitSamples(id, 1);
      spc.kill();
      machine.publish(id, "11");
      spc.close();
      spc = new SpcServer(setup());
      awaitSamples(id, 2);
    }
  }

  @Test
  void message_thatTheBrokerRetains_isTakenOnce() throws Exception {
    var id = spc.limited("bore");
    try (var machine = broker.machine()) {
      machine.hear("headway/characteristics/+/samples/rejected");
      machine.publish(Long.toString(id), sample(EARLY, 10), true);
      awaitSamples(id, 1);
      spc.close();
      spc = new SpcServer(setup());
      Awaitility.await().until(() -> metrics().contains("outcome=\"repeated\"} 1.0"));
      machine.publish(id, "11");
      awaitSamples(id, 2);
    }
  }
}
