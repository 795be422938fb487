package dev.headway.fpl.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Seasons from files: what is trusted and what is not. */
class StoredSourceTest {
  private static final Instant CAPTURED = Instant.parse("2026-08-22T06:00:00Z");

  @Test
  void sample_knownTeams_workOnItsOwnDate() {
    for (int team : List.of(1, 2, 3)) {
      var season = snapshot(StoredSource.sample(), team);

      assertThat(season.now()).isEqualTo(CAPTURED);
      assertThat(season.team().entry().id()).isEqualTo(team);
    }
  }

  @Test
  void sample_unknownTeam_saysSo() {
    assertThatThrownBy(() -> snapshot(StoredSource.sample(), 4)).hasMessage("Team 4 not found");
  }

  @Test
  void sample_tampered_isRefused() {
    var tampered = RecordedApi.season().toString().getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> StoredSource.sample(tampered, "0".repeat(64)))
        .hasMessageContaining("does not have its checksum");
  }

  @Test
  void sample_scoreOfTheTeam_isWhatItsHistorySays() {
    var picks = RecordedApi.season().at("/teams/1/picks/picks");
    var points = new HashMap<Integer, Integer>();
    for (var player : RecordedApi.season().at("/bootstrap/elements")) {
      points.put(player.get("id").intValue(), player.get("event_points").intValue());
    }

    int sum = 0;
    for (var pick : picks) {
      sum +=
          points.getOrDefault(pick.get("element").intValue(), 0)
              * pick.get("multiplier").intValue();
    }

    var history = snapshot(StoredSource.sample(), 1).team().history().current();
    assertThat(sum).isEqualTo(history.getFirst().points()).isEqualTo(21);
  }

  @Test
  void uploaded_fresh_isAccepted() {
    assertThat(snapshot(uploaded(RecordedApi.season(), "2026-08-25T05:59:00Z"), 1).source())
        .isEqualTo(DataSource.UPLOADED);
  }

  @Test
  void uploaded_overThreeDaysOld_isStale() {
    assertThat(defects(RecordedApi.season(), "2026-08-25T06:00:01Z"))
        .singleElement()
        .asString()
        .contains("stale", "3 days at most");
  }

  @Test
  void uploaded_manyFaults_namesThemAll() {
    var season = RecordedApi.season();
    var player = (ObjectNode) season.at("/bootstrap/elements/30");
    player.put("now_cost", 4000).put("team", 99).put("chance_of_playing_next_round", 130);
    ((ObjectNode) season.at("/fixtures/200")).put("team_h", 55);
    ((ObjectNode) season.at("/teams/1/picks/picks/3")).put("element", 9999);

    var text = String.join("\n", defects(season, "2026-08-22T08:00:00Z"));

    assertThat(text)
        .contains("no club 99")
        .contains("the price 4000 is absurd")
        .contains("a chance of 130 % is absurd")
        .contains("no club 55")
        .contains("player 9999 that the season does not know");
  }

  @Test
  void uploaded_unknownPlayerInTheSquad_isNamed() {
    var season = RecordedApi.season();
    ((ObjectNode) season.at("/teams/1/picks/picks/3")).put("element", 9999);

    assertThat(defects(season, "2026-08-22T08:00:00Z"))
        .containsExactly("The squad of team 1 has a player 9999 that the season does not know");
  }

  @Test
  void uploaded_missingPart_isNamed() {
    var season = RecordedApi.season();
    ((ObjectNode) season.at("/bootstrap/elements/0")).remove("minutes");

    assertThatThrownBy(() -> uploaded(season, "2026-08-22T08:00:00Z"))
        .hasMessageContaining("uploaded season cannot be read")
        .hasMessageContaining("minutes");
  }

  @ParameterizedTest
  @CsvSource({
    "/bootstrap/elements/0, minutes, null, bootstrap.elements.0.minutes: it is null",
    "/bootstrap/elements/0, status, null, bootstrap.elements.0.status: it is null",
    "/bootstrap/elements/0, now_cost, '\"dear\"', now_cost: 'dear' is not what belongs there",
    "/bootstrap, chips, null, bootstrap.chips: it is null",
    "/teams/1/history, current, '[null]', teams.1.history.current",
    "/teams/1, history, '{}', teams.1.history"
  })
  void uploaded_valueThatCannotBe_isNamedWithoutAParsersWords(
      String parent, String key, String value, String words) {
    var season = RecordedApi.season();
    ((ObjectNode) season.at(parent)).set(key, JsonMapper.shared().readTree(value));

    assertThatThrownBy(() -> snapshot(uploaded(season, "2026-08-22T08:00:00Z"), 1))
        .hasMessageContaining(words)
        .hasMessageNotContainingAny("`", "headway", "Deserialization", "creator");
  }

  @Test
  void uploaded_noNewsAndNoFiguresOfAPlayer_areEmpty() {
    var season = RecordedApi.season();
    var player = (ObjectNode) season.at("/bootstrap/elements/0");
    for (var key :
        List.of("news", "form", "points_per_game", "expected_goals", "expected_assists")) {
      player.putNull(key);
    }

    var read =
        snapshot(uploaded(season, "2026-08-22T08:00:00Z"), 1).bootstrap().elements().getFirst();

    assertThat(read.news()).isEmpty();
    assertThat(read.form() + read.pointsPerGame() + read.expectedGoals()).isZero();
  }

  @Test
  void uploaded_gameBeingUpdated_isRefused() {
    var season = RecordedApi.season();
    ((ObjectNode) season.at("/event_status")).put("leagues", "Updating");

    assertThat(defects(season, "2026-08-22T08:00:00Z"))
        .singleElement()
        .asString()
        .contains("being updated");
  }

  private static List<String> defects(JsonNode season, String now) {
    try {
      snapshot(uploaded(season, now), 1);
    } catch (HeadwayException e) {
      return e.defects().stream().map(Defect::message).toList();
    }
    return List.of();
  }

  private static StoredSource uploaded(JsonNode season, String now) {
    return StoredSource.uploaded(
        season.toString().getBytes(StandardCharsets.UTF_8),
        InstantSource.fixed(Instant.parse(now)));
  }

  private static SeasonSnapshot snapshot(StoredSource source, int team) {
    return source.snapshot(team, (done, total, document) -> {});
  }
}
