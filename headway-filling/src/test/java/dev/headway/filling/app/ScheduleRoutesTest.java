package dev.headway.filling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.app.FillingServer.Setup;
import dev.headway.filling.strategy.Strategy;
import dev.headway.server.json.JsonCodec;
import dev.headway.store.job.SqlJobStore;
import dev.headway.testkit.net.RecordingWatcher;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

final class ScheduleRoutesTest {
  @TempDir Path directory;
  private GatedPlanner gate;
  private FillingServer server;
  private String token;

  @BeforeEach
  void start() throws IOException {
    gate = new GatedPlanner(1, true);
    server = new FillingServer(Setup.in(directory).with(Strategy.LPT_PACK, gate));
    token = server.signIn("ada@example.org");
  }

  @AfterEach
  void stop() {
    gate.open();
    server.close();
  }

  private long completed(String json) {
    var id = server.submit(token, json);
    assertThat(server.awaitEnd("schedule", id, token).path("type").asString())
        .isEqualTo("complete");
    return id;
  }

  private JsonNode show(long id) {
    return server.get("/api/v1/schedule/" + id, token).json();
  }

  private static String named(String name, String strategy) {
    return """
    {"name": "%s", "strategy": "%s",
     "lots_data": [{"lot_id": "A", "lot_type": "alpha", "vials": 1000},
                   {"lot_id": "B", "product": "beta", "quantity": 2000}]}
    """
        .formatted(name, strategy);
  }

  @Test
  void create_json_answersWhereToWatch() {
    var answer = server.post("/api/v1/schedule", token, FillingServer.THREE_LOTS);
    assertThat(answer.status()).isEqualTo(202);
    var body = answer.json();
    assertThat(body.path("id").asInt()).isEqualTo(1);
    assertThat(body.path("schedule_id").asInt()).isEqualTo(1);
    assertThat(body.path("strategy").asString()).isEqualTo("smart-pack");
    assertThat(body.path("name").asString()).isEqualTo("Three lots");
    assertThat(body.path("job_id").asString()).hasSize(36);
    assertThat(body.has("error_message")).isTrue();
    var watch = body.path("watch");
    assertThat(watch.path("websocket").asString())
        .isEqualTo("ws://127.0.0.1:%d/ws/schedule/1".formatted(server.server().port()));
    assertThat(watch.path("stream").asString()).isEqualTo("schedule:1");
    assertThat(watch.path("events").asString()).endsWith("/api/v1/topics/schedule:1/events");
    assertThat(answer.response().headers().firstValue("Location")).hasValue("/api/v1/schedule/1");
  }

  @Test
  void show_completed_agreesWithTheLastFrame() {
    var id = server.submit(token, FillingServer.THREE_LOTS);
    var result = server.awaitEnd("schedule", id, token).path("result");
    var shown = show(id);
    assertThat(shown.path("status").asString()).isEqualTo("completed");
    for (var key : new String[] {"makespan", "utilization", "changeovers", "lower_bound", "gap"}) {
      assertThat(shown.path(key)).as(key).isEqualTo(result.path(key));
    }
    assertThat(shown.path("kpis_json")).isEqualTo(result.path("kpis"));
    assertThat(shown.path("utilization_percent").asDouble()).isEqualTo(62.5);
    assertThat(shown.path("progress").asInt()).isEqualTo(100);
    var activities = shown.path("activities_json");
    assertThat(activities.size()).isEqualTo(6);
    assertThat(activities.path(0).path("kind").asString()).isEqualTo("CLEAN");
    assertThat(activities.path(0).path("start").asString()).isEqualTo("2026-11-21T06:00:00.000Z");
    var lasts =
        Duration.between(
            Instant.parse(activities.path(0).path("start").asString()),
            Instant.parse(activities.path(5).path("end").asString()));
    assertThat(lasts.toHours()).isEqualTo((long) result.path("makespan").asDouble());
  }

  @Test
  void create_csvInLatin1_isPlannedUnderTheFilesName() {
    var csv = "Lot ID,Type,Vials\nL1,Fl\u00fcssig,1000\n".getBytes(StandardCharsets.ISO_8859_1);
    var answer =
        server.upload(
            "/api/v1/schedule", token, csv, "config", "{\"lines\": 2}", "strategy", "cfs");
    assertThat(answer.status()).as(answer.toString()).isEqualTo(202);
    assertThat(answer.json().path("name").asString()).isEqualTo("lots");
    var id = answer.json().path("id").asLong();
    server.awaitEnd("schedule", id, token);
    assertThat(show(id).path("activities_json").toString()).contains("Fl\u00fcssig");
  }

  @Test
  void create_fileNamedLikeAPath_isALabelAndNoPath() {
    var csv = "Lot ID,Type,Vials\nL1,alpha,1000\n".getBytes(StandardCharsets.UTF_8);
    var answer = server.uploadNamed("../../etc/passwd.csv", "/api/v1/schedule", token, csv);
    assertThat(answer.json().path("name").asString()).isEqualTo("../../etc/passwd");
    var id = answer.json().path("id").asLong();
    server.awaitEnd("schedule", id, token);
    var export = server.get("/api/v1/schedule/%d/export?format=csv".formatted(id), token);
    assertThat(export.response().headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"schedule-%d.csv\"".formatted(id));
  }

  @Test
  void list_filtersAndPages_newestFirst() {
    completed(named("Morning \u00c4rzte", "smart"));
    completed(named("Noon", "spt"));
    completed(named("Evening 100%", "smart"));
    gate.open();
    var all = server.get("/api/v1/schedules?page_size=2", token).json();
    assertThat(all.path("total").asInt()).isEqualTo(3);
    assertThat(names(all)).containsExactly("Evening 100%", "Noon");
    var second = server.get("/api/v1/schedules?page_size=2&page=2", token).json();
    assertThat(names(second)).containsExactly("Morning \u00c4rzte");
    assertThat(found("strategy=SMART_PACK")).containsExactly("Evening 100%", "Morning \u00c4rzte");
    assertThat(found("search=%C3%A4RZTE")).containsExactly("Morning \u00c4rzte");
    assertThat(found("search=100%25")).containsExactly("Evening 100%");
    assertThat(found("status=completed&search=noon")).containsExactly("Noon");
    assertThat(found("status=failed")).isEmpty();
    assertThat(all.path("schedules").path(0).path("makespan").isNumber()).isTrue();
    assertThat(server.get("/api/v1/schedules?strategy=quick", token).status()).isEqualTo(422);
    assertThat(server.get("/api/v1/schedules?page_size=101", token).status()).isEqualTo(422);
  }

  @Test
  void list_afterThePageBefore_neitherRepeatsNorPassesOver() {
    completed(named("first", "smart"));
    completed(named("second", "smart"));
    completed(named("third", "smart"));
    var page = server.get("/api/v1/schedules?page_size=2", token).json();
    assertThat(names(page)).containsExactly("third", "second");
    completed(named("fourth", "smart"));
    gate.open();

    var after = "/api/v1/schedules?page_size=2&after=" + page.path("next").asString();
    var last = server.get(after, token).json();
    assertThat(names(last)).containsExactly("first");
    assertThat(last.path("total").asInt()).isEqualTo(4);
    assertThat(last.path("next").isNull()).isTrue();
    assertThat(server.get("/api/v1/schedules?after=1.2_x", token).status()).isEqualTo(422);
    assertThat(server.get("/api/v1/schedules?statsu=failed", token).toString())
        .contains("422")
        .contains("status");
  }

  private Iterable<String> found(String query) {
    return names(server.get("/api/v1/schedules?" + query, token).json());
  }

  private static Iterable<String> names(JsonNode page) {
    return page.path("schedules").values().stream()
        .map(schedule -> schedule.path("name").asString())
        .toList();
  }

  @Test
  void cancel_keepingTheBestSoFar_isAPartialResult() throws InterruptedException {
    var id = server.submit(token, named("Half", "lpt"));
    gate.awaitReached();
    assertThat(found("status=running")).containsExactly("Half");
    var path = "/api/v1/schedule/%d/cancel".formatted(id);
    assertThat(server.post(path, token, "{\"keep_partial\": true}").status()).isEqualTo(202);
    var end = server.awaitEnd("schedule", id, token);
    assertThat(end.path("error").path("code").asString()).isEqualTo("CANCELLED");
    var shown = show(id);
    assertThat(shown.path("status").asString()).isEqualTo("cancelled");
    assertThat(shown.path("partial").asBoolean()).isTrue();
    assertThat(shown.path("activities_json").isEmpty()).isFalse();
    assertThat(server.post(path, token, "{}").status()).isEqualTo(409);
  }

  @Test
  void cancel_withoutKeeping_leavesNothing() throws InterruptedException {
    var id = server.submit(token, named("Gone", "lpt"));
    gate.awaitReached();
    server.call("POST", "/api/v1/schedule/%d/cancel".formatted(id), token, null);
    server.awaitEnd("schedule", id, token);
    assertThat(show(id).has("makespan")).isFalse();
    assertThat(server.get("/api/v1/schedule/%d/export".formatted(id), token).status())
        .isEqualTo(409);
  }

  @Test
  void export_allFormats_canBeOpened() throws Exception {
    var id =
        completed(
            FillingServer.THREE_LOTS.replace("\"A1\"", "\"=1+1\"").replace("alpha", "al\u00efpha"));
    var path = "/api/v1/schedule/%d/export?format=".formatted(id);
    var csv = new String(server.download(path + "csv", token), StandardCharsets.UTF_8);
    assertThat(csv.lines()).hasSize(7);
    assertThat(csv).contains(",'=1+1,", "al\u00efpha");
    assertThat(
            JsonCodec.mapper()
                .readTree(server.download(path + "json", token))
                .path("activities_json")
                .size())
        .isEqualTo(6);
    var workbook = Files.write(directory.resolve("x.zip"), server.download(path + "xlsx", token));
    try (var zip = new ZipFile(workbook.toFile())) {
      assertThat(zip.stream().map(ZipEntry::getName))
          .contains("xl/workbook.xml", "xl/worksheets/sheet1.xml");
    }
    try (var pdf = Loader.loadPDF(server.download(path + "pdf", token))) {
      assertThat(new PDFTextStripper().getText(pdf)).contains("Three lots");
    }
    assertThat(server.get(path + "ics", token).response().body())
        .startsWith("BEGIN:VCALENDAR")
        .contains("X-WR-CALNAME:Three lots");
    var answer = server.get(path + "csv", token);
    assertThat(answer.response().headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"schedule-%d.csv\"".formatted(id));
    assertThat(server.get(path + "doc", token).status()).isEqualTo(422);
  }

  @Test
  void stream_fromTheCursorOfThe202_hasEverythingFromTheBeginning() {
    var body = server.post("/api/v1/schedule", token, FillingServer.THREE_LOTS).json();
    var id = body.path("id").asLong();
    server.awaitEnd("schedule", id, token);
    var uri = "ws://127.0.0.1:%d/api/v1/stream".formatted(server.server().port());
    try (var watcher =
        RecordingWatcher.connectWith("headway.v1", uri, "Authorization", "Bearer " + token)) {
      watcher.send(
          "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"schedule:%d\",\"after\":\"%s\"}]}"
              .formatted(id, body.path("cursor").asString()));
      watcher.awaitText("\"type\":\"completed\"");
      var types =
          watcher.seen().stream()
              .map(JsonCodec.mapper()::readTree)
              .filter(frame -> frame.path("topic").asString("").equals("schedule:" + id))
              .map(frame -> frame.path("type").asString())
              .toList();
      assertThat(types).startsWith("queued", "started", "progress").endsWith("completed");
      assertThat(watcher.seen()).anyMatch(frame -> frame.contains("\"recovered\":true"));
    }
    var snapshot =
        server
            .get("/api/v1/topics/schedule:%d/events".formatted(id), token)
            .json()
            .path("snapshot");
    assertThat(snapshot.path("schedule_id").asLong()).isEqualTo(id);
    assertThat(snapshot.path("status").asString()).isEqualTo("completed");
  }

  @Test
  void delete_ended_takesItsRowsAndItsJob() {
    var id = completed(named("Old", "smart"));
    var job = show(id).path("job_id").asString();
    assertThat(server.call("DELETE", "/api/v1/jobs/" + job, token, null).status()).isEqualTo(409);
    assertThat(server.call("DELETE", "/api/v1/schedule/" + id, token, null).status())
        .isEqualTo(200);
    assertThat(server.get("/api/v1/jobs/" + job, token).status()).isEqualTo(404);
    assertThat(rows("filling_schedule")).isZero();
    assertThat(rows("filling_plan")).isZero();
  }

  @Test
  void purge_oldJobs_takesTheirSchedules() {
    completed(named("Old", "smart"));
    var purged = new SqlJobStore(server.database()).purge(Instant.now().plusSeconds(60));
    assertThat(purged).isEqualTo(1);
    assertThat(rows("filling_schedule")).isZero();
    assertThat(rows("filling_plan")).isZero();
    assertThat(server.get("/api/v1/schedules", token).json().path("total").asInt()).isZero();
  }

  private int rows(String table) {
    return server
        .database()
        .read(handle -> handle.createQuery("SELECT count(*) FROM " + table).mapTo(int.class).one());
  }

  @Test
  void strategies_listed_withAliasesAndAvailability() {
    var strategies = server.get("/api/v1/strategies", null).json().path("strategies");
    assertThat(strategies.values().stream().map(entry -> entry.path("name").asString()))
        .containsExactly(
            "smart-pack",
            "spt-pack",
            "lpt-pack",
            "cfs-pack",
            "hybrid-pack",
            "milp-opt",
            "best",
            "given");
    assertThat(strategies.path(0).path("aliases").path(0).asString()).isEqualTo("smart");
    assertThat(strategies.path(0).path("default").asBoolean()).isTrue();
    assertThat(strategies.path(5).path("available").asBoolean()).isFalse();
  }
}
