package dev.headway.filling.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Plans with moved lots, checked through the server. */
final class PlanCheckTest {
  private static final String SCHEDULE = "/api/v1/schedule";

  @TempDir static Path directory;
  private static FillingServer server;
  private static String token;
  private static long id;

  /** Line 1 fills A and B, Line 2 fills D and E, 40 h each; C may be on either. */
  @BeforeAll
  static void start() throws IOException {
    server = new FillingServer(directory);
    token = server.signIn("ada@example.org");
    id =
        server.submit(
            token,
            """
            {"strategy": "given", "start_time": "2026-11-23T00:00:00Z",
             "config": {"lines": 2, "time_zone": "Europe/Berlin"},
             "lots_data": [
               {"lot_id": "A", "lot_type": "x", "vials": 796800, "lines": ["Line 1"]},
               {"lot_id": "B", "lot_type": "x", "vials": 796800, "lines": ["Line 1"]},
               {"lot_id": "C", "lot_type": "y", "vials": 199200, "due": "2026-11-28T00:00:00Z"},
               {"lot_id": "D", "lot_type": "y", "vials": 796800, "lines": ["Line 2"]},
               {"lot_id": "E", "lot_type": "y", "vials": 796800, "lines": ["Line 2"],
                "release": "2026-11-24T06:00:00Z"}]}
            """);
    server.awaitEnd("schedule", id, token);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode checked(String moves) {
    var answer = server.post(path(), token, "{\"moves\": [%s]}".formatted(moves));
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json();
  }

  private static String path() {
    return "%s/%d/check".formatted(SCHEDULE, id);
  }

  private static String order(JsonNode answer, String line) {
    return answer.path("activities_json").values().stream()
        .filter(activity -> activity.path("line").asString().equals(line))
        .filter(activity -> !activity.path("kind").asString().equals("CHANGEOVER"))
        .map(activity -> activity.path("lot_id").asString("|"))
        .collect(Collectors.joining());
  }

  private static List<String> broken(JsonNode answer) {
    return answer.path("violations").values().stream()
        .map(broken -> broken.path("rule").asString() + " " + broken.path("lot_id").asString(""))
        .toList();
  }

  @Test
  void check_withoutMoves_isThePlanAndCostsNothing() {
    var answer = checked("");
    assertThat(answer.path("valid").asBoolean()).isTrue();
    assertThat(answer.path("change").path("makespan_hours").asDouble()).isZero();
    assertThat(answer.path("before")).isEqualTo(answer.path("after"));
    var shown = server.get(SCHEDULE + "/" + id, token).json();
    assertThat(answer.path("activities_json")).isEqualTo(shown.path("activities_json"));
  }

  @Test
  void check_lotPutLast_followsOnItsLineInTheLastBlock() {
    var answer = checked("{\"lot_id\": \"A\"}");
    assertThat(order(answer, "Line 1")).endsWith("A");
    assertThat(answer.path("valid").asBoolean()).isTrue();
  }

  @Test
  void check_lotAfterAnotherWithAClean_splitsTheBlock() {
    var joined = checked("{\"lot_id\": \"B\", \"after\": \"A\"}");
    assertThat(order(joined, "Line 1")).contains("AB");
    var apart = checked("{\"lot_id\": \"B\", \"after\": \"A\", \"clean\": true}");
    assertThat(order(apart, "Line 1")).contains("A|B");
    assertThat(apart.path("after").path("clean_count").asInt())
        .isEqualTo(joined.path("after").path("clean_count").asInt() + 1);
  }

  @Test
  void check_lotBeforeAnother_takesItsClean() {
    var answer = checked("{\"lot_id\": \"B\", \"before\": \"A\"}");
    assertThat(order(answer, "Line 1")).contains("|BA");
  }

  @Test
  void check_lotOnALineThatItMayNotRunOn_isLaidOutAndRefused() {
    var answer = checked("{\"lot_id\": \"A\", \"line\": \"Line 2\"}");
    assertThat(answer.path("valid").asBoolean()).isFalse();
    assertThat(broken(answer)).contains("ALLOWED_LINES A");
    assertThat(order(answer, "Line 2")).endsWith("A");
    assertThat(answer.toString()).contains("The lot 'A' may only run on Line 1.");
  }

  @Test
  void check_moreThanTheWindow_saysWhichLotAndTheRemedy() {
    var answer =
        checked(
            """
            {"lot_id": "B", "after": "A"}, {"lot_id": "C", "after": "B"},
            {"lot_id": "D", "after": "C"}
            """);
    assertThat(broken(answer)).contains("WINDOW D", "ALLOWED_LINES D");
    assertThat(answer.toString()).contains("the window is 120.00 h. Put a clean before it.");
  }

  @Test
  void check_lockedStart_isKeptOrBroken() {
    var kept = checked("{\"lot_id\": \"D\", \"locked_start\": \"2026-12-20 06:00\"}");
    assertThat(kept.toString()).contains("\"start\":\"2026-12-20T05:00:00.000Z\"");
    assertThat(kept.path("change").path("makespan_hours").asDouble()).isGreaterThan(100);
    var broken = checked("{\"lot_id\": \"D\", \"locked_start\": \"2026-11-23T00:00:00Z\"}");
    assertThat(broken(broken)).contains("LOCK D");
    assertThat(broken.toString()).contains("but is locked to 2026-11-23T01:00+01:00.");
  }

  @Test
  void check_lateLot_costsItsTardiness() {
    var answer = checked("{\"lot_id\": \"C\", \"locked_start\": \"2026-12-20T06:00:00Z\"}");
    assertThat(answer.path("change").path("late_lots").asInt()).isEqualTo(1);
    assertThat(answer.path("change").path("tardiness_hours").asDouble()).isGreaterThan(500);
    assertThat(answer.path("change").path("cost_hours").asDouble())
        .isGreaterThan(answer.path("change").path("tardiness_hours").asDouble());
  }

  @Test
  void check_movesThatCannotBeMade_areAllNamed() {
    var answer =
        server.post(
            path(),
            token,
            """
            {"moves": [
              {"lot_id": "Z"},
              {"lot_id": "A", "line": "Line 9"},
              {"lot_id": "A", "after": "A"},
              {"lot_id": "A", "after": "B", "before": "C"},
              {"lot_id": "A", "after": "D", "line": "Line 1"},
              {"lot_id": "A", "locked_start": "+999999999-12-31T23:59:59Z"}]}
            """);
    assertThat(answer.status()).isEqualTo(400);
    var fields =
        answer.json().path("errors").values().stream()
            .map(error -> error.path("field").asString())
            .toList();
    assertThat(fields)
        .containsExactly(
            "moves[0].lot_id",
            "moves[1].line",
            "moves[2].after",
            "moves[3].before",
            "moves[4].after",
            "moves[5].locked_start");
  }

  @Test
  void check_nothingIsStored() {
    var before = server.get(SCHEDULE + "/" + id, token).json().path("activities_json");
    checked("{\"lot_id\": \"A\", \"line\": \"Line 2\"}");
    assertThat(server.get(SCHEDULE + "/" + id, token).json().path("activities_json"))
        .isEqualTo(before);
    assertThat(server.get("/api/v1/schedules", token).json().path("total").asInt()).isEqualTo(1);
  }

  @Test
  void check_ofAnother_isNotFound() {
    var other = server.signIn("eve@example.org");
    assertThat(server.post(path(), other, "{\"moves\": []}").status()).isEqualTo(404);
  }

  @Test
  void replan_momentThatNobodyMeans_isRefused() {
    var answer =
        server.post(
            "%s/%d/replan".formatted(SCHEDULE, id),
            token,
            "{\"at\": \"+999999999-12-31T23:59:59Z\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.toString()).contains("at must be from 1970 to 2199");
  }
}
