package dev.headway.fpl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.fpl.app.FplServer.Setup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AnalysisRoutesTest {
  @TempDir Path directory;

  @Test
  void create_soundRequest_isQueuedAndSaysHowToFollowIt() throws Exception {
    var gate = new GatedSolver();
    try (var server = new FplServer(Setup.in(directory).with(gate))) {
      var answer = server.post("/api/v1/analyze", null, FplServer.TEAM_ONE);
      gate.open();
      assertThat(answer.status()).isEqualTo(202);
      var accepted = answer.json();
      var id = accepted.path("analysis_id").asString();
      assertThat(accepted.path("job_id").asString()).isEqualTo(id);
      assertThat(accepted.path("status").asString()).isEqualTo("queued");
      assertThat(accepted.path("team_id").asInt()).isEqualTo(1);
      assertThat(accepted.path("created_at").asString()).endsWith("Z");
      assertThat(accepted.at("/watch/websocket").asString())
          .startsWith("ws://")
          .endsWith("/api/v1/analyze/" + id + "/stream");
      assertThat(accepted.at("/watch/stream").asString()).isEqualTo("analysis:" + id);
      var events =
          server.get(
              "/api/v1/topics/analysis:%s/events?after=%s"
                  .formatted(id, accepted.path("cursor").asString()),
              null);
      assertThat(events.status()).isEqualTo(200);
      assertThat(events.response().body()).contains("\"queued\"");
    }
  }

  @Test
  void show_running_hasPhaseAndProgressButNoResults() throws Exception {
    var gate = new GatedSolver();
    try (var server = new FplServer(Setup.in(directory).with(gate))) {
      var id = server.submit(null, FplServer.TEAM_ONE);
      try (var watcher = server.watch(id, null)) {
        watcher.awaitText(GatedSolver.HALF_WAY);
      }
      var shown = server.get("/api/v1/analyze/" + id, null).json();
      gate.open();
      assertThat(shown.path("status").asString()).isEqualTo("running");
      assertThat(shown.path("phase").asString()).isEqualTo("optimizing_transfers");
      assertThat(shown.path("progress").asDouble()).isEqualTo(67);
      assertThat(shown.path("results").isNull()).isTrue();
      assertThat(shown.path("completed_at").isNull()).isTrue();
      assertThat(shown.path("error").isNull()).isTrue();
    }
  }

  @Test
  void show_completed_hasTheWholeDecision() throws IOException {
    try (var server = new FplServer(directory)) {
      var shown = server.analysed(null, FplServer.TEAM_ONE);
      assertThat(shown.path("status").asString()).isEqualTo("completed");
      assertThat(shown.path("phase").asString()).isEqualTo("completed");
      assertThat(shown.path("progress").asDouble()).isEqualTo(100);
      assertThat(shown.at("/results/data_source").asString()).isEqualTo("sample");
      assertThat(shown.at("/results/horizon")).hasSize(2);
      assertThat(shown.at("/results/risk_scenarios").size()).isGreaterThanOrEqualTo(11);
      assertThat(shown.at("/results/optimized_xi/starters/0/explanation/form").isNumber()).isTrue();
    }
  }

  @Test
  void create_theSameAgain_isARealAnalysisWithTheSameAnswer() throws Exception {
    var gate = new GatedSolver();
    gate.open();
    try (var server = new FplServer(Setup.in(directory).with(gate))) {
      var first = server.analysed(null, FplServer.TEAM_ONE);
      int searched = gate.searches();
      // The same question, written otherwise.
      var again = server.analysed(null, "{\"horizon\":2,\"team_id\":1,\"bank\":null}");

      assertThat(gate.searches()).isEqualTo(searched);
      assertThat(again.path("analysis_id")).isNotEqualTo(first.path("analysis_id"));
      assertThat(again.path("status").asString()).isEqualTo("completed");
      assertThat(again.path("results")).isEqualTo(first.path("results"));
      var watched = server.awaitEnd(again.path("analysis_id").asString(), null);
      assertThat(watched.path("type").asString()).isEqualTo("complete");
    }
  }

  @Test
  void create_anotherQuestion_isWorkedOut() throws Exception {
    var gate = new GatedSolver();
    gate.open();
    try (var server = new FplServer(Setup.in(directory).with(gate))) {
      server.analysed(null, FplServer.TEAM_ONE);
      int searched = gate.searches();
      for (var other :
          List.of(
              "{\"team_id\": 2, \"horizon\": 2}",
              "{\"team_id\": 1, \"horizon\": 1}",
              "{\"team_id\": 1, \"horizon\": 2, \"risk_posture\": \"aggressive\"}")) {
        server.analysed(null, other);
        assertThat(gate.searches()).as(other).isGreaterThan(searched);
        searched = gate.searches();
      }
    }
  }

  @Test
  void create_withProjections_usesTheTable() throws IOException {
    var csv = "player_id,gw,points,minutes\\n411,2,9.5,90\\n";
    try (var server = new FplServer(directory)) {
      var shown =
          server.analysed(
              null, "{\"team_id\": 1, \"horizon\": 1, \"projections\": \"" + csv + "\"}");
      assertThat(shown.at("/results/projection_source").asString()).isEqualTo("table");
      assertThat(shown.at("/results/captaincy/captain/expected_points").asDouble()).isIn(0.0, 9.5);
    }
  }

  @Test
  void list_several_newestFirstWithoutResults() throws IOException {
    try (var server = new FplServer(directory)) {
      var first = server.analysed(null, FplServer.TEAM_ONE).path("analysis_id");
      var second = server.analysed(null, "{\"team_id\": 99}").path("analysis_id");
      var page = server.get("/api/v1/analyze?page_size=2", null).json();
      assertThat(page.path("total").asInt()).isEqualTo(2);
      assertThat(page.at("/analyses/0/analysis_id")).isEqualTo(second);
      assertThat(page.at("/analyses/0/status").asString()).isEqualTo("failed");
      assertThat(page.at("/analyses/0/error").asString()).isEqualTo("Team 99 not found");
      assertThat(page.at("/analyses/1/analysis_id")).isEqualTo(first);
      assertThat(page.at("/analyses/1").has("results")).isFalse();
    }
  }

  @Test
  void list_afterThePageBefore_neitherRepeatsNorPassesOver() throws IOException {
    try (var server = new FplServer(directory)) {
      var first = server.analysed(null, "{\"team_id\": 98}").path("analysis_id");
      var second = server.analysed(null, "{\"team_id\": 99}").path("analysis_id");
      var page = server.get("/api/v1/analyze?page_size=1", null).json();
      assertThat(page.at("/analyses/0/analysis_id")).isEqualTo(second);
      server.analysed(null, "{\"team_id\": 97}");

      var after = "/api/v1/analyze?page_size=2&after=" + page.path("next").asString();
      var rest = server.get(after, null).json();
      assertThat(rest.path("analyses").size()).isEqualTo(1);
      assertThat(rest.at("/analyses/0/analysis_id")).isEqualTo(first);
      assertThat(rest.path("next").isNull()).isTrue();
      assertThat(server.get("/api/v1/analyze?after=7", null).status()).isEqualTo(422);
    }
  }

  @Test
  void cancel_running_stopsItAndLaterIsTooLate() throws Exception {
    var gate = new GatedSolver();
    try (var server = new FplServer(Setup.in(directory).with(gate))) {
      var id = server.submit(null, FplServer.TEAM_ONE);
      gate.awaitReached();
      var path = "/api/v1/analyze/" + id;
      assertThat(server.call("DELETE", path, null, null).status()).isEqualTo(409);
      assertThat(server.call("POST", path + "/cancel", null, null).status()).isEqualTo(202);
      var end = server.awaitEnd(id, null);
      assertThat(end.path("message").asString()).isEqualTo("Analysis cancelled");
      assertThat(server.call("POST", path + "/cancel", null, null).status()).isEqualTo(409);
      assertThat(server.call("DELETE", path, null, null).status()).isEqualTo(204);
      assertThat(server.get(path, null).status()).isEqualTo(404);
      assertThat(server.get("/api/v1/analyze", null).json().path("total").asInt()).isZero();
    }
  }

  @Test
  void show_unknown_is404() throws IOException {
    try (var server = new FplServer(directory)) {
      var unknown = "/api/v1/analyze/0199d1a2-7c00-7000-8000-000000000000";
      assertThat(server.get(unknown, null).status()).isEqualTo(404);
      assertThat(server.get("/api/v1/analyze/nonsense", null).status()).isIn(400, 404, 422);
    }
  }
}
