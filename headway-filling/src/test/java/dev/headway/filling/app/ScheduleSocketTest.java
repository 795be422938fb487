package dev.headway.filling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.app.FillingServer.Setup;
import dev.headway.filling.strategy.Strategy;
import dev.headway.server.json.JsonCodec;
import dev.headway.testkit.net.RecordingWatcher;
import dev.headway.testkit.net.RecordingWatcher.Closed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class ScheduleSocketTest {
  private static final Closed DONE = new Closed(1000, "Ended");

  @TempDir Path directory;

  private static List<JsonNode> frames(RecordingWatcher watcher) {
    return watcher.seen().stream().map(JsonCodec.mapper()::readTree).toList();
  }

  private static JsonNode last(RecordingWatcher watcher) {
    return frames(watcher).getLast();
  }

  @Test
  void watch_happyPath_risesToTheResultAndCloses() throws Exception {
    var gate = new GatedPlanner(2, false);
    try (var server = new FillingServer(Setup.in(directory).with(Strategy.SMART_PACK, gate))) {
      var token = server.signIn("ada@example.org");
      var id = server.submit(token, FillingServer.THREE_LOTS);
      gate.awaitReached();
      try (var watcher = server.watch("schedule", id, token)) {
        var first = JsonCodec.mapper().readTree(watcher.awaitText("2 of 3 lots placed"));
        assertThat(first.path("progress").isIntegralNumber()).isTrue();
        assertThat(first.path("progress").asInt()).isEqualTo(76);
        gate.open();
        assertThat(watcher.awaitClose()).isEqualTo(DONE);
        var steps = frames(watcher).stream().map(frame -> frame.path("step").asString()).toList();
        assertThat(steps).containsSubsequence("planning", "saving", "complete");
        var progress = frames(watcher).stream().map(frame -> frame.path("progress").asInt());
        assertThat(progress.toList()).isSorted().endsWith(90, 100);
        var result = last(watcher).path("result");
        assertThat(result.path("schedule_id").asLong()).isEqualTo(id);
        assertThat(result.path("makespan").asDouble()).isEqualTo(24 + 10 + 20 + 30 + 4 + 8);
        assertThat(result.path("changeovers").asInt()).isEqualTo(2);
        assertThat(result.path("kpis").path("avg_lot_duration").asDouble()).isEqualTo(20);
      }
    }
  }

  @Test
  void watch_longAfterTheEnd_showsItAtOnce() throws IOException {
    try (var server = new FillingServer(directory)) {
      var token = server.signIn("ada@example.org");
      var id = server.submit(token, FillingServer.THREE_LOTS);
      var end = server.awaitEnd("schedule", id, token);
      assertThat(server.awaitEnd("schedule", id, token).path("result"))
          .isEqualTo(end.path("result"));
    }
  }

  @Test
  void watch_deferredBadInput_failsAtValidating() throws IOException {
    try (var server = new FillingServer(directory)) {
      var token = server.signIn("ada@example.org");
      var id =
          server.submit(
              token,
              """
              {"defer_validation": true, "lots_data": [
                {"lot_id": "LOT-001", "lot_type": "alpha", "vials": 1000, "fill_hours": -5},
                {"lot_id": "LOT-002", "lot_type": "", "vials": 1000}]}
              """);
      var end = server.awaitEnd("schedule", id, token);
      assertThat(end.path("type").asString()).isEqualTo("error");
      assertThat(end.path("step").asString()).isEqualTo("validating");
      assertThat(end.path("progress").asInt()).isEqualTo(30);
      assertThat(end.path("error").path("code").asString()).isEqualTo("VALIDATION_ERROR");
      assertThat(end.path("error").path("details").asString())
          .isEqualTo("Lot 'LOT-001' has invalid fill_hours: -5");
      var shown = server.get("/api/v1/schedule/" + id, token).json();
      assertThat(shown.path("status").asString()).isEqualTo("failed");
      assertThat(shown.path("errors").size()).isEqualTo(2);
    }
  }

  @Test
  void watch_withinTheWindowAfterALoss_goesOnFromTheLastState() throws Exception {
    var gate = new GatedPlanner(1, false);
    try (var server = new FillingServer(Setup.in(directory).with(Strategy.SMART_PACK, gate))) {
      var token = server.signIn("ada@example.org");
      var id = server.submit(token, FillingServer.THREE_LOTS);
      var before = server.watch("schedule", id, token);
      var left = JsonCodec.mapper().readTree(before.awaitText("1 of 3 lots placed"));
      before.vanish();
      try (var after = server.watch("schedule", id, token)) {
        var first = JsonCodec.mapper().readTree(after.next());
        assertThat(first.path("progress")).isEqualTo(left.path("progress"));
        assertThat(first.path("message")).isEqualTo(left.path("message"));
        gate.open();
        assertThat(after.awaitClose()).isEqualTo(DONE);
        assertThat(last(after).path("type").asString()).isEqualTo("complete");
      }
      before.close();
    }
  }

  @Test
  void watch_fiveClients_allSeeTheSameAndClose() throws Exception {
    var gate = new GatedPlanner(1, false);
    try (var server = new FillingServer(Setup.in(directory).with(Strategy.SMART_PACK, gate))) {
      var token = server.signIn("ada@example.org");
      var id = server.submit(token, FillingServer.THREE_LOTS);
      gate.awaitReached();
      var watchers = new ArrayList<RecordingWatcher>();
      for (var i = 0; i < 5; i++) {
        var watcher = server.watch("schedule", id, token);
        watcher.awaitText("1 of 3 lots placed");
        watchers.add(watcher);
      }
      gate.open();
      for (var watcher : watchers) {
        assertThat(watcher.awaitClose()).isEqualTo(DONE);
      }
      var seen = watchers.stream().map(watcher -> watcher.seen().getLast()).distinct();
      assertThat(seen).hasSize(1);
      watchers.forEach(RecordingWatcher::close);
    }
  }

  @Test
  void watch_waiting_showsLoadingAtZero() throws Exception {
    var gate = new GatedPlanner(1, false);
    var setup = Setup.in(directory);
    try (var server = new FillingServer(setup.with(Strategy.SMART_PACK, gate))) {
      var token = server.signIn("ada@example.org");
      var running = setup.server().jobs().concurrency();
      for (var i = 0; i < running; i++) {
        server.submit(token, FillingServer.THREE_LOTS);
      }
      gate.awaitReached();
      var waiting = server.submit(token, FillingServer.THREE_LOTS);
      try (var watcher = server.watch("schedule", waiting, token)) {
        var frame = JsonCodec.mapper().readTree(watcher.next());
        assertThat(frame.path("type").asString()).isEqualTo("progress");
        assertThat(frame.path("step").asString()).isEqualTo("loading");
        assertThat(frame.path("progress").asInt()).isZero();
        assertThat(frame.path("message").asString()).isEqualTo("Waiting to start");
        gate.open();
        assertThat(watcher.awaitClose()).isEqualTo(DONE);
      }
    }
  }

  @Test
  void connect_badCredentials_isRefusedWithTheReason() throws IOException {
    try (var server = new FillingServer(directory)) {
      var token = server.signIn("ada@example.org");
      var stranger = server.signIn("bob@example.org");
      var id = server.submit(token, FillingServer.THREE_LOTS);
      var failed = new Closed(1008, "Authentication failed");
      assertThat(refused(server, id, null)).isEqualTo(failed);
      assertThat(refused(server, id, "nonsense")).isEqualTo(failed);
      assertThat(refused(server, id, unsigned(token))).isEqualTo(failed);
      assertThat(refused(server, id, stranger)).isEqualTo(new Closed(1008, "Unauthorized"));
      assertThat(refused(server, 4711, token)).isEqualTo(new Closed(1008, "Unauthorized"));
    }
  }

  /** The same token with {@code alg: none} and no signature. */
  private static String unsigned(String token) {
    var header =
        Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8));
    return header + "." + token.split("\\.", -1)[1] + ".";
  }

  private static Closed refused(
      FillingServer server, long id, @org.jspecify.annotations.Nullable String token) {
    try (var watcher = server.watch("schedule", id, token)) {
      var closed = watcher.awaitClose();
      assertThat(watcher.seen()).isEmpty();
      return closed;
    }
  }

  @Test
  void connect_eleventhWatcher_isTooMany() throws Exception {
    var gate = new GatedPlanner(1, false);
    try (var server = new FillingServer(Setup.in(directory).with(Strategy.SMART_PACK, gate))) {
      var token = server.signIn("ada@example.org");
      var id = server.submit(token, FillingServer.THREE_LOTS);
      var watchers = new ArrayList<RecordingWatcher>();
      for (var i = 0; i < 10; i++) {
        var watcher = server.watch("schedule", id, token);
        watcher.next();
        watchers.add(watcher);
      }
      assertThat(refused(server, id, token)).isEqualTo(new Closed(1008, "Too many connections"));
      gate.open();
      watchers.forEach(RecordingWatcher::close);
    }
  }

  @Test
  void cancel_overTheSocket_endsWithCancelled() throws Exception {
    var gate = new GatedPlanner(1, false);
    try (var server = new FillingServer(Setup.in(directory).with(Strategy.SMART_PACK, gate))) {
      var token = server.signIn("ada@example.org");
      var id = server.submit(token, FillingServer.THREE_LOTS);
      gate.awaitReached();
      try (var watcher = server.watch("schedule", id, token)) {
        watcher.next();
        watcher.send("{\"type\":\"cancel\"}");
        assertThat(watcher.awaitClose()).isEqualTo(DONE);
        assertThat(last(watcher).path("type").asString()).isEqualTo("error");
        assertThat(last(watcher).path("error").path("code").asString()).isEqualTo("CANCELLED");
      }
      assertThat(server.get("/api/v1/schedule/" + id, token).json().path("status").asString())
          .isEqualTo("cancelled");
    }
  }

  @Test
  void received_tenMalformedFrames_closes() throws Exception {
    var gate = new GatedPlanner(1, false);
    try (var server = new FillingServer(Setup.in(directory).with(Strategy.SMART_PACK, gate))) {
      var token = server.signIn("ada@example.org");
      var id = server.submit(token, FillingServer.THREE_LOTS);
      gate.awaitReached();
      try (var watcher = server.watch("schedule", id, token)) {
        watcher.awaitText("1 of 3 lots placed");
        watcher.send("{\"type\":\"pong\"}");
        for (var bad : List.of("{", "[]", "7", "{\"type\":\"dance\"}", "{}")) {
          watcher.send(bad).send(bad);
        }
        assertThat(watcher.awaitClose().code()).isEqualTo(1008);
        assertThat(watcher.seen()).noneMatch(frame -> frame.contains("\"error\""));
      }
      gate.open();
    }
  }

  @Test
  void received_newToken_renewsTheOld() throws Exception {
    var gate = new GatedPlanner(1, false);
    try (var server = new FillingServer(Setup.in(directory).with(Strategy.SMART_PACK, gate))) {
      var token = server.signIn("ada@example.org");
      var id = server.submit(token, FillingServer.THREE_LOTS);
      gate.awaitReached();
      var fresh =
          server.post("/api/v1/auth/refresh", token, "{}").json().path("access_token").asString();
      try (var watcher = server.watch("schedule", id, token)) {
        watcher.next();
        watcher.send("{\"type\":\"auth\",\"token\":\"" + fresh + "\"}");
        watcher.send("{\"type\":\"auth\",\"token\":\"nonsense\"}");
        assertThat(watcher.awaitClose()).isEqualTo(new Closed(1008, "Authentication failed"));
      }
      gate.open();
    }
  }

  @Test
  void ping_whileNothingHappens_repeatsTheLastProgress() throws Exception {
    var gate = new GatedPlanner(1, false);
    var setup = Setup.in(directory).with(Strategy.SMART_PACK, gate);
    try (var server = new FillingServer(setup.withHeartbeat(Duration.ofMillis(50)))) {
      var token = server.signIn("ada@example.org");
      var id = server.submit(token, FillingServer.THREE_LOTS);
      gate.awaitReached();
      try (var watcher = server.watch("schedule", id, token)) {
        var progress = JsonCodec.mapper().readTree(watcher.awaitText("1 of 3 lots placed"));
        var ping = JsonCodec.mapper().readTree(watcher.awaitText("\"type\":\"ping\""));
        for (var key : List.of("step", "progress", "message")) {
          assertThat(ping.path(key)).isEqualTo(progress.path(key));
        }
        assertThat(ping.path("timestamp").asString()).endsWith("Z").hasSize(24);
        gate.open();
        assertThat(watcher.awaitClose()).isEqualTo(DONE);
      }
    }
  }

  @Test
  void delete_runningSchedule_closesItsWatchers() throws Exception {
    var gate = new GatedPlanner(1, false);
    try (var server = new FillingServer(Setup.in(directory).with(Strategy.SMART_PACK, gate))) {
      var token = server.signIn("ada@example.org");
      var id = server.submit(token, FillingServer.THREE_LOTS);
      gate.awaitReached();
      try (var watcher = server.watch("schedule", id, token)) {
        watcher.next();
        assertThat(server.call("DELETE", "/api/v1/schedule/" + id, token, null).status())
            .isEqualTo(200);
        assertThat(watcher.awaitClose().code()).isEqualTo(1000);
      }
      assertThat(server.get("/api/v1/schedule/" + id, token).status()).isEqualTo(404);
      assertThat(refused(server, id, token)).isEqualTo(new Closed(1008, "Unauthorized"));
    }
  }
}
