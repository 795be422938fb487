package dev.headway.fpl.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.account.Role;
import dev.headway.fpl.app.FplServer.Setup;
import dev.headway.fpl.data.RecordedApi;
import dev.headway.server.json.JsonCodec;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The sample, an upload and a live server as sources of analyses, through REST. */
final class SeasonSourcesTest {
  private static final String PATH = "/api/v1/analyze/season";

  @TempDir Path directory;

  /** The shipped season as if it had been taken now: its deadlines lie ahead. */
  private static ObjectNode present() {
    var season = (ObjectNode) RecordedApi.season();
    season.put("captured_at", JsonCodec.timestamp(Instant.now()));
    for (var event : season.at("/bootstrap/events").values()) {
      ((ObjectNode) event).put("deadline_time", "2099-08-01T17:30:00Z");
    }
    return season;
  }

  private FplServer uploading() throws Exception {
    return new FplServer(Setup.in(directory).with(new SourceSetting.Uploaded()));
  }

  private static FplServer.Answer upload(FplServer server, JsonNode season) {
    var engineer = server.signIn("engineer@example.org", FplApplication.ENGINEER);
    return server.call("PUT", PATH, engineer, season.toString());
  }

  @Test
  void sample_always_saysWhoseTeamsItHas() throws Exception {
    try (var server = new FplServer(directory)) {
      var shown = server.get(PATH, null).json();
      assertThat(shown.path("source").asString()).isEqualTo("sample");
      assertThat(shown.path("captured_at").asString()).isEqualTo("2026-08-22T06:00:00.000Z");
      assertThat(shown.path("teams").values()).extracting(JsonNode::asInt).containsExactly(1, 2, 3);
    }
  }

  @Test
  void uploaded_nothingYet_failsWithTheRemedy() throws Exception {
    try (var server = uploading()) {
      assertThat(server.get(PATH, null).json().has("teams")).isFalse();
      assertThat(server.analysed(null, FplServer.TEAM_ONE).path("error").asString())
          .isEqualTo("No season has been uploaded yet: send one with PUT /api/v1/analyze/season");
    }
  }

  @Test
  void uploaded_fresh_isAnalysedAndReplaced() throws Exception {
    try (var server = uploading()) {
      var season = present();
      var answer = upload(server, season);
      assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
      var first = server.analysed(null, FplServer.TEAM_ONE);
      assertThat(first.at("/results/data_source").asString()).isEqualTo("uploaded");

      // Haaland is out in the next upload: the same question has another answer.
      for (var player : season.at("/bootstrap/elements").values()) {
        if (player.path("id").asInt() == 411) {
          ((ObjectNode) player).put("status", "i").put("chance_of_playing_next_round", 0);
        }
      }
      var admin = server.signIn("admin@example.org", Role.ADMIN);
      assertThat(server.call("PUT", PATH, admin, season.toString()).status()).isEqualTo(200);
      var second = server.analysed(null, FplServer.TEAM_ONE);
      assertThat(first.at("/results/captaincy/captain/player_name").asString())
          .isEqualTo("Haaland");
      assertThat(second.at("/results/captaincy/captain/player_name").asString())
          .isNotEqualTo("Haaland");
    }
  }

  @Test
  void upload_staleAndTampered_namesEverythingAndKeepsNothing() throws Exception {
    try (var server = uploading()) {
      var season = present();
      season.put("captured_at", JsonCodec.timestamp(Instant.now().minusSeconds(4 * 86_400)));
      ((ObjectNode) season.at("/bootstrap/elements/30")).put("now_cost", 4000).put("team", 99);
      ((ObjectNode) season.at("/teams/2/picks/picks/3")).put("element", 9999);
      var answer = upload(server, season);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.response().body())
          .contains("is stale")
          .contains("the price 4000 is absurd")
          .contains("no club 99")
          .contains("player 9999 that the season does not know");
      assertThat(server.get(PATH, null).json().has("teams")).isFalse();
    }
  }

  @Test
  void upload_noSeason_saysWhatIsMissing() throws Exception {
    try (var server = uploading()) {
      var answer = upload(server, JsonCodec.mapper().readTree("{\"bootstrap\": {}}"));
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().path("detail").asString())
          .contains("The document uploaded season cannot be read");
    }
  }

  @Test
  void uploaded_changedInTheDatabase_isNotTrusted() throws Exception {
    try (var server = uploading()) {
      assertThat(upload(server, present()).status()).isEqualTo(200);
      server
          .database()
          .write(handle ->
              handle.execute("UPDATE fpl_season SET document = replace(document, '411', '412')"));
      try (var other = uploading()) {
        assertThat(other.analysed(null, FplServer.TEAM_ONE).path("error").asString())
            .contains("does not have its checksum");
      }
    }
  }

  @Test
  void live_healthyServer_isAnalysed() throws Exception {
    try (var api = new RecordedApi(present());
        var server = live(api.baseUrl())) {
      var shown = server.analysed(null, FplServer.TEAM_ONE);
      assertThat(shown.at("/results/data_source").asString())
          .as(shown.toString())
          .isEqualTo("live");
      int asked = api.requests().size();
      server.analysed(null, "{\"team_id\": 1, \"horizon\": 1}");
      assertThat(api.requests()).hasSize(asked);
    }
  }

  @Test
  void live_tooManyRequestsThenUnavailable_isTriedAgain() throws Exception {
    try (var api = new RecordedApi(present());
        var server = live(api.baseUrl())) {
      api.fail(RecordedApi.tooMany(1), RecordedApi.status(503));
      var shown = server.analysed(null, FplServer.TEAM_ONE);
      assertThat(shown.path("status").asString()).as(shown.toString()).isEqualTo("completed");
    }
  }

  @Test
  void live_staleSeason_failsWithTheReason() throws Exception {
    try (var api = new RecordedApi();
        var server = live(api.baseUrl())) {
      var shown = server.analysed(null, FplServer.TEAM_ONE);
      assertThat(shown.path("status").asString()).isEqualTo("failed");
      assertThat(shown.path("error").asString()).contains("stale");
    }
  }

  @Test
  void live_malformedDocument_failsAndNamesIt() throws Exception {
    try (var api = new RecordedApi(present());
        var server = live(api.baseUrl())) {
      api.fail(RecordedApi.answer(200, "{}"));
      assertThat(server.analysed(null, FplServer.TEAM_ONE).path("error").asString())
          .startsWith("The document bootstrap-static cannot be read");
    }
  }

  @Test
  void live_stalledServer_isCancelledAtOnce() throws Exception {
    try (var api = new RecordedApi(present());
        var server = live(api.baseUrl())) {
      api.fail(api.stall());
      var id = server.submit(null, FplServer.TEAM_ONE);
      try (var watcher = server.watch(id, null)) {
        watcher.awaitText("\"collecting_data\"");
        watcher.send("{\"type\":\"cancel\"}");
        assertThat(watcher.awaitClose().code()).isEqualTo(4000);
        assertThat(watcher.seen().getLast()).contains("Analysis cancelled");
      }
    }
  }

  @Test
  void live_unknownTeam_failsAndSaysSo() throws Exception {
    try (var api = new RecordedApi(present());
        var server = live(api.baseUrl())) {
      assertThat(server.analysed(null, "{\"team_id\": 77}").path("error").asString())
          .isEqualTo("Team 77 not found");
    }
  }

  private FplServer live(URI baseUrl) throws Exception {
    return new FplServer(Setup.in(directory).with(new SourceSetting.Live(baseUrl)));
  }

  @Test
  void setting_anythingElse_saysWhatItCanBe() {
    assertThat(SourceSetting.parse("https://fantasy.premierleague.com/api").text())
        .isEqualTo("https://fantasy.premierleague.com/api/");
    assertThatThrownBy(() -> SourceSetting.parse("smaple"))
        .hasMessageStartingWith("\"smaple\" is not sample, uploaded, or the base URL");
  }
}
