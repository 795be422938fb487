package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Role;
import dev.headway.spc.alarm.AlarmSettings;
import dev.headway.spc.input.SampleTimes;
import dev.headway.testkit.net.RecordingWatcher;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpcSocketTest {
  @TempDir Path data;
  private SpcServer spc;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(data);
  }

  @AfterEach
  void stop() {
    spc.close();
  }

  @Test
  void subscribe_chartWithHistory_sendsSampleViolationsAndLimitsAfterSubscribed() throws Exception {
    var id = spc.limited("bore");
    spc.sample(id, 10.5).expect(201);
    spc.sample(id, 14).expect(201);
    try (var watcher = RecordingWatcher.connect(spc.socket("/ws"))) {
      watcher.send("{\"type\":\"subscribe\",\"characteristic_ids\":[%d]}".formatted(id));
      assertThat(watcher.next())
          .isEqualTo("{\"type\":\"subscribed\",\"characteristic_ids\":[%d]}".formatted(id));
      var sample = SpcServer.json(watcher.next());
      assertThat(sample.get("type").asString()).isEqualTo("sample");
      assertThat(sample.at("/payload/value").asDouble()).isEqualTo(14);
      assertThat(sample.at("/payload/zone").asString()).isEqualTo("beyond_ucl");
      assertThat(sample.at("/payload/in_control").asBoolean()).isFalse();
      assertThat(sample.get("cursor").asString()).matches("[A-Za-z0-9]+-[0-9]+");
      var violation = SpcServer.json(watcher.next());
      assertThat(violation.get("type").asString()).isEqualTo("violation");
      assertThat(violation.at("/payload/rule_id").asInt()).isEqualTo(1);
      assertThat(violation.at("/payload/rule_name").asString())
          .isEqualTo("One point beyond 3 sigma");
      assertThat(violation.at("/payload/severity").asString()).isEqualTo("CRITICAL");
      var limits = SpcServer.json(watcher.next());
      assertThat(limits.get("type").asString()).isEqualTo("control_limits");
      assertThat(limits.at("/payload/ucl").asDouble()).isEqualTo(13);
      assertThat(limits.at("/payload/method").asString()).isEqualTo("manual");
    }
  }

  @Test
  void sample_thatBreaksARule_isPushedBeforeItsViolation() throws Exception {
    var id = spc.limited("bore");
    try (var watcher = spc.watch(id)) {
      var taken = spc.sample(id, 14).expect(201).body();
      var sample = SpcServer.json(watcher.awaitText("\"sample\""));
      assertThat(sample.at("/payload").propertyNames())
          .contains("sample_id", "characteristic_id", "timestamp", "value", "zone", "in_control");
      assertThat(sample.at("/payload/sample_id").asLong())
          .isEqualTo(taken.get("sample_id").asLong());
      var violation = SpcServer.json(watcher.next());
      assertThat(violation.at("/payload/sample_id").asLong())
          .isEqualTo(taken.get("sample_id").asLong());
      assertThat(violation.at("/payload/violation_id").asLong())
          .isEqualTo(taken.at("/violations/0/violation_id").asLong());
    }
  }

  @Test
  void messages_synonymsAndPing_areUnderstoodOnBothPaths() throws Exception {
    var id = spc.limited("bore");
    try (var watcher = RecordingWatcher.connect(spc.socket("/ws/samples"))) {
      assertThat(watcher.send("{\"type\":\"ping\"}").next()).isEqualTo("{\"type\":\"pong\"}");
      watcher.send("{\"action\":\"subscribe\",\"characteristic_id\":%d}".formatted(id));
      assertThat(watcher.next()).contains("\"subscribed\"", "[" + id + "]");
      watcher.awaitText("control_limits");
      watcher.send("{\"action\":\"unsubscribe\",\"characteristic_id\":%d}".formatted(id));
      assertThat(watcher.next()).contains("\"unsubscribed\"", "[" + id + "]");
      spc.sample(id, 10).expect(201);
      assertThat(watcher.send("{\"type\":\"ping\"}").next()).isEqualTo("{\"type\":\"pong\"}");
    }
  }

  @Test
  void messages_thatMakeNoSense_areAnsweredAndTheSocketStays() throws Exception {
    try (var watcher = RecordingWatcher.connect(spc.socket("/ws"))) {
      assertThat(watcher.send("{nonsense").next()).contains("\"error\"", "Invalid JSON format");
      assertThat(watcher.send("[1]").next()).contains("\"error\"", "JSON object");
      assertThat(watcher.send("{\"type\":\"dance\"}").next()).contains("Unknown message type");
      assertThat(watcher.send("{\"type\":\"subscribe\"}").next()).contains("characteristic_ids");
      assertThat(watcher.send("{\"type\":\"subscribe\",\"charakteristic_ids\":[1]}").next())
          .contains("Did you mean 'characteristic_ids'?");
      assertThat(
              watcher
                  .send("{\"type\":\"subscribe\",\"characteristic_ids\":[1],\"since\":5}")
                  .next())
          .contains("since must be a cursor");
      assertThat(watcher.send("{\"type\":\"ping\"}").next()).contains("pong");
    }
  }

  @Test
  void subscribe_unknownIds_areNamedAndTheOthersGranted() throws Exception {
    var id = spc.limited("bore");
    try (var watcher = RecordingWatcher.connect(spc.socket("/ws"))) {
      watcher.send(
          "{\"type\":\"subscribe\",\"characteristic_ids\":[%d,998,\"x\",999]}".formatted(id));
      var error = SpcServer.json(watcher.next());
      assertThat(error.get("type").asString()).isEqualTo("error");
      assertThat(error.get("ids").toString()).isEqualTo("[\"x\",998,999]");
      assertThat(watcher.next())
          .isEqualTo("{\"type\":\"subscribed\",\"characteristic_ids\":[%d]}".formatted(id));
    }
  }

  @Test
  void subscribe_moreThanAThousand_grantsNothing() throws Exception {
    var id = spc.limited("bore");
    var ids =
        LongStream.rangeClosed(id, id + 1_000)
            .mapToObj(String::valueOf)
            .collect(Collectors.joining(","));
    try (var watcher = RecordingWatcher.connect(spc.socket("/ws"))) {
      watcher.send("{\"type\":\"subscribe\",\"characteristic_ids\":[%s]}".formatted(ids));
      assertThat(watcher.next())
          .isEqualTo("{\"type\":\"error\",\"message\":\"At most 1000 characteristics\"}");
      spc.sample(id, 10).expect(201);
      assertThat(watcher.send("{\"type\":\"ping\"}").next()).contains("pong");
    }
  }

  @Test
  void acknowledgment_reachesTheWatchersOfThatCharacteristicOnly() throws Exception {
    var bore = spc.limited("bore");
    var shaft = spc.limited("shaft");
    var violation = spc.sample(bore, 14).expect(201).body().at("/violations/0/violation_id");
    try (var ofBore = spc.watch(bore);
        var ofShaft = spc.watch(shaft)) {
      var body = "{\"reason\":\"Process adjusted\",\"user\":\"operator1\"}";
      spc.post("/api/v1/violations/%d/acknowledge".formatted(violation.asLong()), body).expect(200);
      var update = SpcServer.json(ofBore.awaitText("ack_update")).get("payload");
      assertThat(update.get("violation_id")).isEqualTo(violation);
      assertThat(update.get("characteristic_id").asLong()).isEqualTo(bore);
      assertThat(update.get("acknowledged").asBoolean()).isTrue();
      assertThat(update.get("ack_user").asString()).isEqualTo("operator1");
      assertThat(update.get("ack_reason").asString()).isEqualTo("Process adjusted");
      spc.sample(shaft, 10).expect(201);
      ofShaft.awaitText("\"sample\"");
      assertThat(ofShaft.seen()).noneMatch(frame -> frame.contains("ack_update"));
    }
  }

  @Test
  void resume_afterReconnect_seesEachSampleOnce() throws Exception {
    var id = spc.limited("bore");
    String cursor;
    try (var watcher = spc.watch(id)) {
      spc.sample(id, 10).expect(201);
      cursor = cursor(watcher.awaitText("\"sample\""));
      watcher.vanish();
    }
    var missed = List.of(take(id), take(id), take(id));
    try (var watcher = RecordingWatcher.connect(spc.socket("/ws"))) {
      watcher.send(resume(id, cursor));
      watcher.awaitText("\"subscribed\"");
      var live = take(id);
      watcher.await(frame -> frame.contains("\"sample_id\":" + live));
      assertThat(samples(watcher))
          .containsExactly(missed.get(0), missed.get(1), missed.get(2), live);
    }
  }

  @Test
  void resume_afterTheServerWasKilled_seesEachSampleOnce() throws Exception {
    var id = spc.limited("bore");
    String cursor;
    try (var watcher = spc.watch(id)) {
      spc.sample(id, 10).expect(201);
      cursor = cursor(watcher.awaitText("\"sample\""));
    }
    var missed = List.of(take(id), take(id));
    var violating = spc.sample(id, 14).expect(201).body();
    spc.kill();
    try (var again = new SpcServer(data);
        var watcher = RecordingWatcher.connect(again.socket("/ws"))) {
      watcher.send(resume(id, cursor));
      watcher.awaitText("\"violation\"");
      watcher.awaitText("control_limits");
      var live = again.sample(id, 10).expect(201).body().get("sample_id").asLong();
      watcher.await(frame -> frame.contains("\"sample_id\":" + live));
      assertThat(samples(watcher))
          .containsExactly(missed.get(0), missed.get(1), violating.get("sample_id").asLong(), live);
    }
  }

  private long take(long id) throws Exception {
    return spc.sample(id, 10).expect(201).body().get("sample_id").asLong();
  }

  private static String cursor(String frame) {
    return SpcServer.json(frame).get("cursor").asString();
  }

  private static String resume(long id, String cursor) {
    return "{\"type\":\"subscribe\",\"characteristic_ids\":[%d],\"since\":\"%s\"}"
        .formatted(id, cursor);
  }

  private static List<Long> samples(RecordingWatcher watcher) {
    return watcher.seen().stream()
        .map(SpcServer::json)
        .filter(frame -> frame.get("type").asString().equals("sample"))
        .map(frame -> frame.at("/payload/sample_id").asLong())
        .toList();
  }

  @Test
  void limits_whenRecalculated_arePushed() throws Exception {
    var id = spc.characteristic("bore");
    for (var at = 0; at < 25; at++) {
      spc.sample(id, 10 + at % 2).expect(201);
    }
    try (var watcher = spc.watch(id)) {
      spc.post("/api/v1/characteristics/%d/recalculate-limits".formatted(id), "{}").expect(200);
      var limits = SpcServer.json(watcher.awaitText("control_limits")).get("payload");
      assertThat(limits.get("method").asString()).isEqualTo("moving_range");
      assertThat(limits.get("sample_count").asInt()).isEqualTo(25);
      assertThat(limits.get("center_line").asDouble()).isEqualTo(10.48);
    }
  }

  @Test
  void characteristic_whenDeleted_isTakenFromItsWatchers() throws Exception {
    var id = spc.limited("bore");
    try (var watcher = spc.watch(id)) {
      spc.call("DELETE", "/api/v1/characteristics/" + id, null, null).expect(204);
      assertThat(watcher.awaitText("\"error\"")).contains("deleted", "[" + id + "]");
    }
  }

  @Test
  void silence_overTheTimeout_closesWithGoingAway() throws Exception {
    spc.close();
    var quick =
        new SpcSettings(
            Duration.ofMillis(300),
            Duration.ofMillis(1_500),
            null,
            null,
            SampleTimes.DEFAULT,
            AlarmSettings.DEFAULT,
            false);
    spc = new SpcServer(SpcServer.Setup.sqlite(data).with(quick));
    try (var watcher = RecordingWatcher.connect(spc.socket("/ws"))) {
      assertThat(watcher.next()).as("a sign of life").isEqualTo("{\"type\":\"pong\"}");
      var closed = watcher.awaitClose();
      assertThat(closed.code()).isEqualTo(1001);
      assertThat(closed.reason()).isEqualTo("Idle timeout");
    }
  }

  @Test
  void notice_reachesEveryClient_onBothPaths() throws Exception {
    var admin = spc.signIn("root@example.org", Role.ADMIN);
    try (var one = RecordingWatcher.connect(spc.socket("/ws"));
        var two = RecordingWatcher.connect(spc.socket("/ws/samples"))) {
      one.send("{\"type\":\"ping\"}").awaitText("pong");
      two.send("{\"type\":\"ping\"}").awaitText("pong");
      var body = "{\"message\":\"Shift change\",\"severity\":\"WARNING\"}";
      spc.call("POST", "/api/v1/admin/notice", admin, body).expect(202);
      var expected =
          "{\"type\":\"notice\",\"payload\":{\"message\":\"Shift"
              + " change\",\"severity\":\"WARNING\"}}";
      assertThat(one.next()).isEqualTo(expected);
      assertThat(two.next()).isEqualTo(expected);
    }
  }

  @Test
  void auth_whereAnonymousClientsAreNotServed_isNeeded() throws Exception {
    var id = spc.limited("bore");
    spc.close();
    spc = new SpcServer(SpcServer.Setup.sqlite(data).closedToAnonymous());
    try (var stranger = RecordingWatcher.connect(spc.socket("/ws"))) {
      stranger.send("{\"type\":\"subscribe\",\"characteristic_ids\":[%d]}".formatted(id));
      assertThat(stranger.next()).contains("\"error\"", "Not authenticated");
      assertThat(stranger.awaitClose().code()).isEqualTo(1008);
    }
    var token = spc.signIn("ada@example.org", Role.USER);
    try (var user = RecordingWatcher.connect(spc.socket("/ws"))) {
      user.send("{\"type\":\"auth\",\"token\":\"%s\"}".formatted(token));
      user.send("{\"type\":\"subscribe\",\"characteristic_ids\":[%d]}".formatted(id));
      assertThat(user.next()).contains("\"subscribed\"", "[" + id + "]");
    }
  }

  @Test
  void watchToken_opensItsCharacteristicOnly() throws Exception {
    var bore = spc.limited("bore");
    var shaft = spc.limited("shaft");
    var user = spc.signIn("ada@example.org", Role.USER);
    var body = "{\"topics\":[\"characteristic:%d\"]}".formatted(bore);
    var token =
        spc.call("POST", "/api/v1/watch-tokens", user, body).expect(201).body().get("token");
    try (var watcher = RecordingWatcher.connect(spc.socket("/ws?token=" + token.asString()))) {
      watcher.send(
          "{\"type\":\"subscribe\",\"characteristic_ids\":[%d,%d]}".formatted(bore, shaft));
      assertThat(watcher.next()).contains("Unknown characteristics", "[" + shaft + "]");
      assertThat(watcher.next()).contains("\"subscribed\"", "[" + bore + "]");
    }
  }

  @Test
  void nativeStream_showsTheStateAndWhatHappens() throws Exception {
    var id = spc.limited("bore");
    spc.sample(id, 10).expect(201);
    try (var watcher = RecordingWatcher.connectWith("headway.v1", spc.socket("/api/v1/stream"))) {
      watcher.send("{\"op\":\"watch\",\"id\":1,\"topics\":[\"characteristic:%d\"]}".formatted(id));
      var snapshot = SpcServer.json(watcher.awaitText("\"watching\"")).at("/watching/0/snapshot");
      assertThat(snapshot.at("/characteristic/name").asString()).isEqualTo("bore");
      assertThat(snapshot.at("/limits/ucl").asDouble()).isEqualTo(13);
      assertThat(snapshot.at("/latest/0/value").asDouble()).isEqualTo(10);
      assertThat(snapshot.at("/open_violations").size()).isZero();
      var violation = spc.sample(id, 14).expect(201).body().at("/violations/0/violation_id");
      assertThat(watcher.awaitText("\"type\":\"sample\"")).contains("\"value\":14.0");
      assertThat(watcher.next()).contains("\"type\":\"violation\"", "\"rule_id\":1");
      spc.post(
              "/api/v1/violations/%d/acknowledge".formatted(violation.asLong()),
              "{\"reason\":\"material\"}")
          .expect(200);
      watcher.awaitText("\"type\":\"acknowledged\"");
    }
  }
}
