package dev.headway.fpl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.fpl.app.FplServer.Setup;
import dev.headway.server.ServerConfig;
import dev.headway.server.json.JsonCodec;
import dev.headway.testkit.net.RecordingWatcher;
import dev.headway.testkit.net.RecordingWatcher.Closed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class AnalysisSocketTest {
  private static final Closed DONE = new Closed(1000, "Completed");
  private static final Closed FAILED = new Closed(4000, "Analysis failed");

  @TempDir Path directory;

  private static List<JsonNode> frames(RecordingWatcher watcher) {
    return watcher.seen().stream().map(JsonCodec.mapper()::readTree).toList();
  }

  private static JsonNode json(String frame) {
    return JsonCodec.mapper().readTree(frame);
  }

  /**
   * How the connection ended; a machine with much else to do may take its time over an analysis.
   */
  private static Closed closed(RecordingWatcher watcher) {
    watcher.awaitWithin(
        Duration.ofSeconds(60),
        frame -> type(json(frame)).equals("complete") || type(json(frame)).equals("error"));
    return watcher.awaitClose();
  }

  private static String type(JsonNode frame) {
    return frame.path("type").asString();
  }

  @Test
  void watch_running_risesThroughThePhasesToTheDecision() throws Exception {
    var gate = new GatedSolver();
    try (var server = new FplServer(Setup.in(directory).with(gate))) {
      var token = server.signIn("ada@example.org");
      var id = server.submit(token, FplServer.TEAM_ONE);
      gate.awaitReached();
      try (var watcher = server.watch(id, token)) {
        var first = json(watcher.awaitText(GatedSolver.HALF_WAY));
        assertThat(first.path("phase").asString()).isEqualTo("optimizing_transfers");
        assertThat(first.path("progress").asDouble()).isEqualTo(60 + 20 * 0.5 * 0.7);
        gate.open();
        assertThat(closed(watcher)).isEqualTo(DONE);
        assertThat(frames(watcher).stream().map(frame -> frame.path("phase").asString()).toList())
            .containsSubsequence("optimizing_transfers", "choosing_captain", "formatting_results");
        var end = frames(watcher).getLast();
        assertThat(type(end)).isEqualTo("complete");
        assertThat(end.path("analysis_id").asString()).isEqualTo(id);
        assertThat(end.path("status").asString()).isEqualTo("completed");
        assertThat(end.at("/results/primary_decision").asString()).isEqualTo("ROLL");
        assertThat(end.at("/results/optimized_xi/starters")).hasSize(11);
      }
    }
  }

  @Test
  void watch_anyAnalysis_neverFallsAndShowsTheCaptainEarly() throws Exception {
    var gate = new GatedSolver();
    try (var server = new FplServer(Setup.in(directory).with(gate))) {
      var id = server.submit(null, FplServer.TEAM_ONE);
      try (var watcher = server.watch(id, null)) {
        gate.awaitReached();
        gate.open();
        assertThat(closed(watcher)).isEqualTo(DONE);
        var progress =
            frames(watcher).stream()
                .filter(frame -> type(frame).equals("progress"))
                .map(frame -> frame.path("progress").asDouble())
                .toList();
        assertThat(progress).isSorted().allMatch(percent -> percent >= 0 && percent <= 100);
        var captain = frames(watcher).getLast().at("/results/captaincy/captain/player_id").asInt();
        assertThat(frames(watcher))
            .anyMatch(frame ->
                frame.at("/partial/captaincy/captain/player_id").asInt() == captain
                    && type(frame).equals("progress"));
      }
    }
  }

  @Test
  void watch_queued_showsThePhaseQueuedAtZero() throws Exception {
    var gate = new GatedSolver();
    var usual = ServerConfig.loopback(0, directory);
    var setup = Setup.in(directory).with(oneAtATime(usual)).with(gate);
    try (var server = new FplServer(setup)) {
      var first = server.submit(null, FplServer.TEAM_ONE);
      gate.awaitReached();
      var second = server.submit(null, "{\"team_id\": 2, \"horizon\": 1}");
      try (var watcher = server.watch(second, null)) {
        var waiting = json(watcher.next());
        assertThat(type(waiting)).isEqualTo("progress");
        assertThat(waiting.path("phase").asString()).isEqualTo("queued");
        assertThat(waiting.path("progress").asDouble()).isZero();
        assertThat(server.get("/api/v1/analyze/" + second, null).json().path("status").asString())
            .isEqualTo("queued");
        gate.open();
        assertThat(closed(watcher)).isEqualTo(DONE);
      }
      assertThat(type(server.awaitEnd(first, null))).isEqualTo("complete");
    }
  }

  private static ServerConfig oneAtATime(ServerConfig config) {
    var jobs = config.jobs();
    return config.withJobs(
        new ServerConfig.JobSettings(1, jobs.lease(), jobs.cancelPatience(), jobs.keep()));
  }

  @Test
  void watch_longAfterTheEnd_showsItAtOnce() throws IOException {
    try (var server = new FplServer(directory)) {
      var id = server.submit(null, FplServer.TEAM_ONE);
      var end = server.awaitEnd(id, null);
      try (var watcher = server.watch(id, null)) {
        assertThat(closed(watcher)).isEqualTo(DONE);
        assertThat(watcher.seen()).hasSize(1);
        assertThat(json(watcher.seen().getFirst()).path("results")).isEqualTo(end.path("results"));
      }
    }
  }

  @Test
  void watch_failedBefore_showsTheErrorAndCloses4000() throws IOException {
    try (var server = new FplServer(directory)) {
      var id = server.submit(null, "{\"team_id\": 99}");
      server.awaitEnd(id, null);
      try (var watcher = server.watch(id, null)) {
        assertThat(closed(watcher)).isEqualTo(FAILED);
        var end = json(watcher.seen().getFirst());
        assertThat(type(end)).isEqualTo("error");
        assertThat(end.path("message").asString()).isEqualTo("Analysis failed: Team 99 not found");
        assertThat(end.path("error").asString()).isEqualTo("NOT_FOUND");
        assertThat(end.has("details")).isTrue();
      }
    }
  }

  @Test
  void watch_unknownAnalysis_isToldAndClosed4004() throws IOException {
    try (var server = new FplServer(directory)) {
      for (var id : List.of("0199d1a2-7c00-7000-8000-000000000000", "nonsense")) {
        try (var watcher = server.watch(id, null)) {
          assertThat(closed(watcher)).isEqualTo(new Closed(4004, "Analysis not found"));
          assertThat(json(watcher.seen().getFirst()).path("message").asString())
              .isEqualTo("Analysis not found");
        }
      }
    }
  }

  @Test
  void cancel_overTheSocket_endsForEveryWatcherWith4000() throws Exception {
    var gate = new GatedSolver();
    try (var server = new FplServer(Setup.in(directory).with(gate))) {
      var id = server.submit(null, FplServer.TEAM_ONE);
      gate.awaitReached();
      var watchers = new ArrayList<RecordingWatcher>();
      for (var i = 0; i < 3; i++) {
        watchers.add(server.watch(id, null));
        watchers.getLast().next();
      }
      watchers.getFirst().send("{\"type\":\"cancel\"}");
      for (var watcher : watchers) {
        assertThat(closed(watcher)).isEqualTo(FAILED);
        assertThat(frames(watcher).getLast().path("message").asString())
            .isEqualTo("Analysis cancelled");
        watcher.close();
      }
      var shown = server.get("/api/v1/analyze/" + id, null).json();
      assertThat(shown.path("status").asString()).isEqualTo("cancelled");
      assertThat(shown.path("results").isNull()).isTrue();
    }
  }

  @Test
  void messages_thatMakeNoSense_areAnsweredAndTheSocketStays() throws Exception {
    var gate = new GatedSolver();
    try (var server = new FplServer(Setup.in(directory).with(gate))) {
      var id = server.submit(null, FplServer.TEAM_ONE);
      gate.awaitReached();
      try (var watcher = server.watch(id, null)) {
        watcher.next();
        for (var message : List.of("{", "[]", "{\"type\":\"dance\"}")) {
          watcher.send(message);
          assertThat(json(watcher.awaitText("\"error\"")).path("error").asString())
              .isEqualTo("INVALID_INPUT");
        }
        gate.open();
        assertThat(closed(watcher)).isEqualTo(DONE);
      }
    }
  }

  @Test
  void heartbeat_whileNothingHappens_saysHowFarItIs() throws Exception {
    var gate = new GatedSolver();
    var setup = Setup.in(directory).with(gate).withHeartbeat(Duration.ofMillis(50));
    try (var server = new FplServer(setup)) {
      var id = server.submit(null, FplServer.TEAM_ONE);
      gate.awaitReached();
      try (var watcher = server.watch(id, null)) {
        watcher.awaitText(GatedSolver.HALF_WAY);
        var heartbeat = json(watcher.awaitText("\"heartbeat\""));
        assertThat(heartbeat.path("status").asString()).isEqualTo("running");
        assertThat(heartbeat.path("progress").asDouble()).isEqualTo(67);
        assertThat(heartbeat.path("timestamp").asString()).endsWith("Z");
        gate.open();
        assertThat(closed(watcher)).isEqualTo(DONE);
      }
    }
  }

  @Test
  void complete_wholeDecision_fitsOrSaysWhereItIs() throws IOException {
    try (var server = new FplServer(directory)) {
      var id = server.submit(null, FplServer.TEAM_ONE);
      String last;
      try (var watcher = server.watch(id, null)) {
        closed(watcher);
        last = watcher.seen().getLast();
      }
      assertThat(last.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(10_240);
      var url = json(last).path("result_url").asString("/api/v1/analyze/" + id);
      var whole = server.get(url, null).json().path("results");
      assertThat(whole.path("solver").path("status").asString()).isEqualTo("OPTIMAL");
      assertThat(whole.at("/captaincy/captain"))
          .isEqualTo(json(last).at("/results/captaincy/captain"));
    }
  }

  @Test
  void stream_nativeTopic_isTheSameAnalysis() throws Exception {
    var gate = new GatedSolver();
    try (var server = new FplServer(Setup.in(directory).with(gate))) {
      var id = server.submit(null, FplServer.TEAM_ONE);
      gate.awaitReached();
      var uri = "ws://127.0.0.1:%d/api/v1/stream".formatted(server.server().port());
      try (var watcher = RecordingWatcher.connectWith("headway.v1", uri)) {
        watcher.send("{\"op\":\"watch\",\"id\":1,\"topics\":[\"analysis:%s\"]}".formatted(id));
        assertThat(watcher.awaitText("\"re\":1"))
            .contains("\"analysis_id\":\"" + id + "\"", "\"step\":\"optimizing_transfers\"");
        gate.open();
        assertThat(watcher.awaitText("\"type\":\"completed\"")).contains("analysis:" + id);
      }
    }
  }
}
