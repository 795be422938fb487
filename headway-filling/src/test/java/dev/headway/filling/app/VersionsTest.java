package dev.headway.filling.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Versions of a plan, from their draft to publication, through the server. */
final class VersionsTest {
  private static final String SCHEDULE = "/api/v1/schedule";
  private static final String LAST = "{\"moves\": [{\"lot_id\": \"A\"}], \"note\": \"A last\"}";

  @TempDir static Path directory;
  private static FillingServer server;
  private static String token;

  @BeforeAll
  static void start() throws IOException {
    server = new FillingServer(directory);
    token = server.signIn("ada@example.org");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** The path of a schedule of its own: A, B and C of 10 h each in one block. */
  private static String planned() {
    var id =
        server.submit(
            token,
            """
            {"strategy": "given", "start_time": "2026-11-23T00:00:00Z", "lots_data": [
               {"lot_id": "A", "lot_type": "x", "vials": 199200},
               {"lot_id": "B", "lot_type": "x", "vials": 199200},
               {"lot_id": "C", "lot_type": "x", "vials": 199200}]}
            """);
    server.awaitEnd("schedule", id, token);
    return SCHEDULE + "/" + id;
  }

  private static JsonNode saved(String schedule, String body) {
    var answer = server.post(schedule + "/versions", token, body);
    assertThat(answer.status()).as(answer.toString()).isEqualTo(201);
    return answer.json();
  }

  private static JsonNode stepped(String version, String step) {
    var answer = server.post(version + "/" + step, token, "");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> fills(JsonNode plan) {
    return plan.path("activities_json").values().stream()
        .filter(activity -> activity.path("kind").asString().equals("FILL"))
        .map(activity -> activity.path("lot_id").asString())
        .toList();
  }

  private static List<String> statuses(String schedule) {
    return server.get(schedule + "/versions", token).json().path("versions").values().stream()
        .map(version -> version.path("version") + " " + version.path("status").asString())
        .toList();
  }

  @Test
  void save_movedLots_isADraftWithItsAuthorAndItsDifference() {
    var schedule = planned();
    var draft = saved(schedule, LAST);
    assertThat(draft.path("version").asInt()).isEqualTo(1);
    assertThat(draft.path("status").asString()).isEqualTo("draft");
    assertThat(draft.path("note").asString()).isEqualTo("A last");
    assertThat(draft.path("created_by").asString()).isEqualTo("ada@example.org");
    var shown = server.get(schedule + "/versions/1", token).json();
    assertThat(fills(shown)).containsExactly("B", "C", "A");
    assertThat(shown.path("valid").asBoolean()).isTrue();
    assertThat(shown.path("moved").values())
        .extracting(moved -> moved.path("lot_id").asString())
        .containsExactly("B", "C", "A");
    assertThat(shown.path("moved").path(2).path("before").path("start").asString())
        .startsWith("2026-11-24T00:00");
    assertThat(fills(server.get(schedule, token).json())).containsExactly("A", "B", "C");
  }

  @Test
  void save_onAnotherVersion_goesOnFromIt() {
    var schedule = planned();
    saved(schedule, LAST);
    var locked = "{\"lot_id\": \"C\", \"locked_start\": \"2026-11-26T00:00:00Z\"}";
    var second = saved(schedule, "{\"base\": 1, \"moves\": [%s]}".formatted(locked));
    assertThat(second.path("base").asInt()).isEqualTo(1);
    var shown = server.get(schedule + "/versions/2", token).json();
    assertThat(fills(shown)).containsExactly("B", "C", "A");
    assertThat(shown.toString()).contains("\"start\":\"2026-11-26T00:00:00.000Z\"");
    var same = server.get(schedule + "/versions/2?against=2", token).json();
    assertThat(same.path("moved").size()).isZero();
    var third = saved(schedule, "{\"base\": 2, \"moves\": []}");
    assertThat(third.path("version").asInt()).isEqualTo(3);
    assertThat(server.get(schedule + "/versions/3", token).json().path("moved").size()).isZero();
  }

  @Test
  void save_planThatBreaksARule_isRefusedWithTheRule() {
    var schedule = planned();
    var locked = "{\"lot_id\": \"C\", \"locked_start\": \"2026-11-23T00:00:00Z\"}";
    var answer = server.post(schedule + "/versions", token, "{\"moves\": [%s]}".formatted(locked));
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.toString()).contains("is locked to 2026-11-23T00:00Z");
    assertThat(statuses(schedule)).isEmpty();
  }

  @Test
  void publish_afterApproval_supersedesTheOneBefore() {
    var schedule = planned();
    saved(schedule, LAST);
    saved(schedule, "{\"moves\": []}");
    var early = server.post(schedule + "/versions/1/publish", token, "");
    assertThat(early.status()).isEqualTo(409);
    assertThat(early.toString()).contains("Version 1 is a draft; approve it first");
    var approved = stepped(schedule + "/versions/1", "approve");
    assertThat(approved.path("status").asString()).isEqualTo("approved");
    assertThat(approved.path("approved_by").asString()).isEqualTo("ada@example.org");
    assertThat(server.post(schedule + "/versions/1/approve", token, "").status()).isEqualTo(409);
    assertThat(stepped(schedule + "/versions/1", "publish").path("published_at").asString())
        .isNotEmpty();
    assertThat(server.post(schedule + "/versions/1/publish", token, "").status()).isEqualTo(409);
    stepped(schedule + "/versions/2", "approve");
    stepped(schedule + "/versions/2", "publish");
    assertThat(statuses(schedule)).containsExactly("2 published", "1 superseded");
  }

  @Test
  void export_calendar_hasWhatIsPublished_otherFilesWhatIsAskedFor() {
    var schedule = planned();
    saved(schedule, LAST);
    assertThat(calendar(schedule, "")).containsSubsequence("A (x)", "B (x)", "C (x)");
    stepped(schedule + "/versions/1", "approve");
    stepped(schedule + "/versions/1", "publish");
    assertThat(calendar(schedule, "")).containsSubsequence("B (x)", "C (x)", "A (x)");
    assertThat(calendar(schedule, "&version=0")).containsSubsequence("A (x)", "B (x)", "C (x)");
    assertThat(file(schedule, "csv")).containsSubsequence("A,", "B,", "C,");
    assertThat(file(schedule, "csv&version=1")).containsSubsequence("B,", "C,", "A,");
  }

  private static String calendar(String schedule, String more) {
    return file(schedule, "ics" + more);
  }

  private static String file(String schedule, String format) {
    return server.get(schedule + "/export?format=" + format, token).toString();
  }

  @Test
  void versions_ofNone_areNotFound() {
    var schedule = planned();
    assertThat(server.get(schedule + "/versions/7", token).status()).isEqualTo(404);
    assertThat(server.get(schedule + "/export?version=7", token).status()).isEqualTo(404);
    assertThat(server.post(schedule + "/versions/7/approve", token, "").status()).isEqualTo(404);
    assertThat(server.post(schedule + "/versions", token, "{\"moves\": [], \"base\": 7}").status())
        .isEqualTo(404);
    var other = server.signIn("eve@example.org");
    assertThat(server.get(schedule + "/versions", other).status()).isEqualTo(404);
  }
}
