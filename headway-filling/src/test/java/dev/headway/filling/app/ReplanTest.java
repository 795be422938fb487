package dev.headway.filling.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Planning again from a moment on, through the server. */
final class ReplanTest {
  private static final String SCHEDULE = "/api/v1/schedule";

  /** Both lines clean until 24 o'clock of the 23rd, then fill five lots of 20 h each. */
  private static final String AT = "2026-11-25T00:00:00Z";

  @TempDir static Path directory;
  private static FillingServer server;
  private static String token;
  private static long base;
  private static List<JsonNode> planned;

  @BeforeAll
  static void start() throws IOException {
    server = new FillingServer(directory);
    token = server.signIn("ada@example.org");
    var lots =
        IntStream.rangeClosed(1, 10)
            .mapToObj(i ->
                """
                {"lot_id": "L%d", "lot_type": "%s", "vials": 398400}\
                """
                    .formatted(i, i % 2 == 0 ? "even" : "odd"))
            .collect(Collectors.joining(","));
    base =
        server.submit(
            token,
            """
            {"lots_data": [%s], "start_time": "2026-11-23T00:00:00Z",
             "config": {"lines": 2, "time_zone": "Europe/Berlin"}}
            """
                .formatted(lots));
    server.awaitEnd("schedule", base, token);
    planned = fills(base);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode shown(long id) {
    return server.get(SCHEDULE + "/" + id, token).json();
  }

  private static List<JsonNode> fills(long id) {
    return shown(id).path("activities_json").values().stream()
        .filter(activity -> activity.path("kind").asString().equals("FILL"))
        .toList();
  }

  private static Map<String, String> places(List<JsonNode> fills) {
    return fills.stream()
        .collect(
            Collectors.toMap(
                fill -> fill.path("lot_id").asString(),
                fill -> fill.path("line").asString() + " " + fill.path("start").asString()));
  }

  private static long replanned(String body) {
    var answer = server.post(SCHEDULE + "/" + base + "/replan", token, body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    var id = answer.json().path("id").asLong();
    server.awaitEnd("schedule", id, token);
    assertThat(shown(id).path("status").asString()).isEqualTo("completed");
    return id;
  }

  @Test
  void replan_nothingChanged_keepsWhatHasBegunAndBeginsNothingInThePast() {
    var id = replanned("{\"at\": \"%s\"}".formatted(AT));
    var begun =
        planned.stream().filter(fill -> fill.path("start").asString().compareTo(AT) < 0).toList();
    assertThat(begun).isNotEmpty();
    assertThat(places(fills(id))).containsAllEntriesOf(places(begun)).hasSize(10);
    assertThat(shown(id).path("kpis_json").path("moves").path("known_lots").asInt())
        .isBetween(1, 10 - begun.size());
    var early =
        shown(id).path("activities_json").values().stream()
            .filter(activity -> activity.path("start").asString().compareTo(AT) < 0)
            .filter(activity -> activity.path("end").asString().compareTo(AT) > 0)
            .map(activity -> activity.path("kind").asString());
    assertThat(early).hasSizeLessThanOrEqualTo(2); // what runs at that moment, one on each line
  }

  @Test
  void replan_lotsAddedAndRemoved_plansTheOthersAndSaysWhatMoved() {
    var last = planned.getLast().path("lot_id").asString();
    var id =
        replanned(
            """
            {"at": "%s", "remove": ["%s"], "move_hours": 5, "name": "After the breakdown",
             "lots_data": [{"lot_id": "NEW", "lot_type": "odd", "vials": 398400,
                            "due": "2026-11-27T00:00:00Z", "priority": 9}]}
            """
                .formatted(AT, last));
    var places = places(fills(id));
    assertThat(places).containsKey("NEW").doesNotContainKey(last).hasSize(10);
    var moved = fills(id).stream().filter(fill -> fill.path("moved").asBoolean(false)).count();
    var kpis = shown(id).path("kpis_json");
    assertThat(kpis.path("moves").path("moved_lots").asLong()).isEqualTo(moved);
    assertThat(kpis.path("moves").path("cost_hours").asDouble()).isEqualTo(5.0 * moved);
    assertThat(shown(id).path("name").asString()).isEqualTo("After the breakdown");
  }

  @Test
  void replan_whatCannotBe_isRefused() {
    var first = planned.getFirst().path("lot_id").asString();
    var path = SCHEDULE + "/" + base + "/replan";
    var bad =
        server.post(
            path,
            token,
            "{\"at\": \"%s\", \"remove\": [\"%s\"], \"name\": \"a\\u0007\"}".formatted(AT, first));
    assertThat(bad.status()).isEqualTo(400);
    assertThat(bad.toString()).contains("has begun and cannot be removed", "control character");
    var late = server.post(path, token, "{\"at\": \"2027-01-01T00:00:00Z\"}");
    assertThat(late.status()).as(late.toString()).isEqualTo(409);
    assertThat(late.toString()).contains("nothing is left to plan");
    assertThat(server.post(path, token, "{\"at\": \"tomorrow\"}").status()).isEqualTo(400);
    assertThat(server.post(path, server.signIn("eve@example.org"), "{}").status()).isEqualTo(404);
  }

  @Test
  void replan_anew_plansTheSameLotsByTheSameRules() {
    var id = replanned("{\"anew\": true}");
    assertThat(places(fills(id))).isEqualTo(places(planned));
    assertThat(shown(id).path("rules")).isEqualTo(shown(base).path("rules"));
    assertThat(shown(id).path("kpis_json").has("moves")).isFalse();
  }

  @Test
  void replan_anewWithOtherRules_keepsTheRest() {
    var id = replanned("{\"anew\": true, \"config\": {\"clean_hours\": 12}, \"remove\": [\"L1\"]}");
    var rules = shown(id).path("rules");
    assertThat(rules.path("clean_hours").asDouble()).isEqualTo(12);
    assertThat(rules.path("time_zone").asString()).isEqualTo("Europe/Berlin");
    assertThat(rules.path("start_time").asString()).isEqualTo("2026-11-23T00:00:00Z");
    assertThat(fills(id)).hasSize(planned.size() - 1);
  }

  @Test
  void replan_anewFromAMoment_isRefused() {
    var answer =
        server.post(
            SCHEDULE + "/" + base + "/replan",
            token,
            "{\"anew\": true, \"at\": \"2026-11-24T00:00:00Z\"}");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("errors").path(0).path("field").asString()).isEqualTo("anew");
  }
}
