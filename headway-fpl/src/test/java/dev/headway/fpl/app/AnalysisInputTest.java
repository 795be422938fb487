package dev.headway.fpl.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Bad input over REST. What is wrong in itself is refused with every field; what does not fit team
 * or season fails the analysis with every reason.
 */
final class AnalysisInputTest {
  @TempDir static Path directory;
  private static FplServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new FplServer(directory);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                        | team_id            | team_id is missing",
        "{~team_id~:0}                             | team_id            | team_id (0) must be at least 1",
        "{~team_id~:1.5}                           | team_id            | whole number",
        "{~team_id~:~one~}                         | team_id            | whole number",
        "{~team_id~:20000001}                      | team_id            | must be at most 20000000",
        "{~team_id~:1,~gameweek~:39}               | gameweek           | gameweek (39) must be at most 38",
        "{~team_id~:1,~horizon~:9}                 | horizon            | horizon (9) must be at most 8",
        "{~team_id~:1,~free_transfers~:6}          | free_transfers     | free_transfers (6) must be at most 5",
        "{~team_id~:1,~available_chips~:[~jetpack~]} | available_chips[0] | not known",
        "{~team_id~:1,~available_chips~:~all~}     | available_chips    | must be a list",
        "{~team_id~:1,~risk_posture~:~reckless~}   | risk_posture       | conservative, balanced or aggressive",
        "{~team_id~:1,~squad~:[1,2,3,4,5,6,7,8,9,10,11,12,13,14]} | squad | squad must have at least 15 entries",
        "{~team_id~:1,~squad~:[1,1,3,4,5,6,7,8,9,10,11,12,13,14,15]} | squad | squad holds 1 twice",
        "{~team_id~:1,~bank~:5}                    | bank               | only meant together with squad",
        "{~team_id~:1,~injury_overrides~:[{~status~:~i~}]} | injury_overrides[0].player_name | is missing",
        "{~team_id~:1,~injury_overrides~:[{~player_name~:~Raya~,~status~:~sleepy~}]} | injury_overrides[0].status | is not known",
        "{~team_id~:1,~injury_overrides~:[{~player_name~:~Raya~,~status~:~d~,~chance~:101}]} | injury_overrides[0].chance | (101) must be at most 100",
        "{~team_id~:1,~horizn~:2}                  | horizn             | Did you mean 'horizon'?",
        "{~team_id~:1,~projections~:7}             | projections        | projections (7) must be a text"
      })
  void create_oneWrongField_is422AndNamesIt(String json, String field, String message) {
    var answer = server.post("/api/v1/analyze", null, json.replace('~', '"'));
    assertThat(answer.status()).isEqualTo(422);
    var error = answer.json().at("/errors/0");
    assertThat(error.path("field").asString()).isEqualTo(field);
    assertThat(error.path("message").asString()).contains(message);
  }

  @Test
  void create_manyWrongFields_namesThemAll() {
    var answer =
        server.post(
            "/api/v1/analyze",
            null,
            """
            {"team_id": 0, "gameweek": 39, "horizon": 9, "free_transfers": 6,
             "available_chips": ["wildcard", "jetpack"], "risk_posture": "reckless",
             "injury_overrides": [{"status": "sleepy", "chance": 500}],
             "squad": [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 13], "bank": "much"}
            """);
    assertThat(answer.status()).isEqualTo(422);
    assertThat(answer.json().path("errors").values())
        .extracting(error -> error.path("field").asString())
        .contains(
            "team_id",
            "gameweek",
            "horizon",
            "free_transfers",
            "available_chips[1]",
            "risk_posture",
            "injury_overrides[0].player_name",
            "injury_overrides[0].chance",
            "squad",
            "bank");
  }

  @ParameterizedTest
  @CsvSource({"[], 400", "7, 400", "{, 400", "'', 400"})
  void create_noObject_is400(String body, int status) {
    assertThat(server.post("/api/v1/analyze", null, body).status()).isEqualTo(status);
  }

  @Test
  void run_unknownTeam_failsAndSaysSo() {
    var shown = server.analysed(null, "{\"team_id\": 4711}");
    assertThat(shown.path("status").asString()).isEqualTo("failed");
    assertThat(shown.path("error").asString()).isEqualTo("Team 4711 not found");
    assertThat(shown.path("error_code").asString()).isEqualTo("NOT_FOUND");
    assertThat(shown.path("phase").asString()).isEqualTo("collecting_data");
  }

  @Test
  void run_everythingThatDoesNotFitTheSeason_isNamedAtOnce() {
    // Four goalkeepers, one defender and one midfielder too few, at more than the budget.
    var shown =
        server.analysed(
            null,
            """
            {"team_id": 1, "gameweek": 1, "bank": 500,
             "squad": [496,109,1,350,8,418,11,334,427,557,426,154,346,411,165],
             "injury_overrides": [{"player_name": "Henderson", "status": "injured"},
                                  {"player_name": "Nobody At All", "status": "injured"}],
             "projections": "player_id,gw,points,minutes\\n411,39,1,90\\n"}
            """);
    assertThat(shown.path("status").asString()).isEqualTo("failed");
    assertThat(shown.path("error").asString()).contains("more)");
    assertThat(shown.path("error_code").asString()).isEqualTo("VALIDATION_ERROR");
    assertThat(shown.path("error_details").asString())
        .contains("gameweek: Gameweek 1's deadline was")
        .contains("squad: The squad has 4 goalkeepers; it must have 2")
        .contains("squad: The squad has 4 defenders; it must have 5")
        .contains("the budget is 100.0m")
        .contains("injury_overrides[0].player_name: 'Henderson' may be ", " or ")
        .contains("injury_overrides[1].player_name: No player is called 'Nobody At All'")
        .contains("row 2, gw: Gameweek 39 must be 1 to 38");
  }

  @Test
  void run_unknownPlayer_failsAndNamesHim() {
    var shown =
        server.analysed(
            null,
            "{\"team_id\": 1, \"squad\": [99999,109,8,418,11,334,427,557,426,154,346,411,165,2,3]}");
    assertThat(shown.path("error_details").asString("") + shown.path("error").asString())
        .contains("No player has the id 99999");
  }
}
