package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.store.DatabaseConfig;
import dev.headway.testkit.net.RecordingWatcher;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same tables and statements on PostgreSQL. */
final class PostgresTest {
  private static final AtomicInteger DATABASES = new AtomicInteger();
  private static EmbeddedPostgres postgres;

  @TempDir private Path directory = Path.of("");
  private DatabaseConfig database;

  @BeforeAll
  static void start() throws IOException {
    postgres = EmbeddedPostgres.start();
  }

  @AfterAll
  static void stop() throws IOException {
    postgres.close();
  }

  /* A database for each test: one server is enough for all. */
  @BeforeEach
  void create() throws SQLException {
    var name = "spc_" + DATABASES.incrementAndGet();
    try (var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE " + name);
    }
    var url = "jdbc:postgresql://127.0.0.1:%d/%s".formatted(postgres.getPort(), name);
    database = new DatabaseConfig.Postgres(url, "postgres", "postgres");
  }

  private SpcServer.Setup setup() {
    return SpcServer.Setup.on(database, directory);
  }

  @Test
  void characteristic_fromItsFirstSampleToItsDeletion_worksOnPostgres() throws Exception {
    String cursor;
    long id;
    try (var spc = new SpcServer(setup())) {
      id = spc.limited("bore");
      try (var watcher = spc.watch(id)) {
        spc.sample(id, 10).expect(201);
        cursor = SpcServer.json(watcher.awaitText("\"sample\"")).get("cursor").asString();
      }
      var violation = spc.sample(id, 14).expect(201).body().at("/violations/0/violation_id");
      var acknowledge = "/api/v1/violations/%d/acknowledge".formatted(violation.asLong());
      spc.post(acknowledge, "{\"reason\":\"material\"}").expect(200);
      spc.post(acknowledge, "{\"reason\":\"material\"}").expect(409);
      var csv = "value\n" + "10\n11\n9\n".repeat(500);
      var path = "/api/v1/samples/import?characteristic_id=" + id;
      var job = spc.call("POST", path, null, csv, "text/csv").expect(202).body().get("job_id");
      assertThat(spc.ended(job.asString()).at("/result_payload/imported").asInt()).isEqualTo(1_500);
    }
    try (var spc = new SpcServer(setup());
        var watcher = RecordingWatcher.connect(spc.socket("/ws"))) {
      watcher.send(
          "{\"type\":\"subscribe\",\"characteristic_ids\":[%d],\"since\":\"%s\"}"
              .formatted(id, cursor));
      assertThat(watcher.awaitText("\"error\"")).contains("earlier samples", "[" + id + "]");
      readAll(spc, id);
      spc.call("DELETE", "/api/v1/characteristics/" + id, null, null).expect(204);
      spc.get("/api/v1/characteristics/" + id).expect(404);
    }
  }

  private static void readAll(SpcServer spc, long id) throws Exception {
    var one = "/api/v1/characteristics/" + id;
    spc.post(one + "/recalculate-limits", "{\"exclude_beyond\":true}").expect(200);
    var chart = spc.get(one + "/chart-data?limit=200&from=2020-01-01T00:00:00Z").expect(200).body();
    assertThat(chart.get("points").size()).isEqualTo(200);
    var samples = spc.get("/api/v1/samples?characteristic_id=" + id).expect(200).body();
    assertThat(samples.get("total").asInt()).isEqualTo(1_502);
    var sample = samples.at("/samples/0/sample_id").asLong();
    spc.call("PATCH", "/api/v1/samples/%d/exclude".formatted(sample), null, null).expect(200);
    spc.call("PUT", one + "/rules", null, "{\"preset\":\"western_electric\"}").expect(200);
    spc.call("PATCH", one, null, "{\"usl\":20,\"lsl\":0}").expect(200);
    spc.get(one + "/capability").expect(200);
    var filter = "/api/v1/violations?acknowledged=true&rule_id=1&severity=CRITICAL";
    assertThat(spc.get(filter).expect(200).body().get("total").asInt()).isEqualTo(1);
    spc.get("/api/v1/violations/stats").expect(200);
    assertThat(
            spc.get("/api/v1/audit?characteristic_id=" + id)
                .expect(200)
                .body()
                .get("total")
                .asInt())
        .isGreaterThanOrEqualTo(5);
  }

  @Test
  void nodes_thatTakeSamplesInTurn_judgeOneSeries_andTellEachOthersWatchers() throws Exception {
    var config = setup().database();
    try (var one = new SpcServer(SpcServer.Setup.on(config, directory.resolve("one")));
        var two = new SpcServer(SpcServer.Setup.on(config, directory.resolve("two")))) {
      var id = one.limited("bore");
      try (var watcher = two.watch(id)) {
        for (var at = 0; at < 8; at++) {
          var node = at % 2 == 0 ? one : two;
          assertThat(node.sample(id, 10.5).expect(201).body().get("violations").isEmpty()).isTrue();
        }
        var ninth = one.sample(id, 10.5).expect(201).body();
        assertThat(ninth.at("/violations/0/rule_id").asInt()).isEqualTo(2);
        var violation = SpcServer.json(watcher.awaitText("\"violation\""));
        assertThat(violation.at("/payload/violation_id"))
            .isEqualTo(ninth.at("/violations/0/violation_id"));
        assertThat(watcher.seen().stream().filter(frame -> frame.contains("\"type\":\"sample\"")))
            .hasSize(9);
        var acknowledge =
            "/api/v1/violations/%d/acknowledge"
                .formatted(ninth.at("/violations/0/violation_id").asLong());
        one.post(acknowledge, "{\"reason\":\"material\"}").expect(200);
        watcher.awaitText("ack_update");
        assertThat(two.sample(id, 10.5).expect(201).body().at("/violations/0/new").asBoolean())
            .as("a pattern that goes on after its acknowledgment elsewhere")
            .isTrue();
      }
      var path = "/api/v1/characteristics/%d/limits".formatted(id);
      one.call("PUT", path, null, "{\"lcl\":9.9,\"center_line\":10,\"ucl\":10.1}").expect(200);
      assertThat(two.get(path).expect(200).body().get("ucl").asDouble()).isEqualTo(10.1);
      assertThat(two.sample(id, 11).expect(201).body().get("zone").asString())
          .isEqualTo("beyond_ucl");
    }
  }

  @Test
  void cursor_ofANodeThatFollowsAnother_isExactOnEveryNode() throws Exception {
    try (var one = new SpcServer(SpcServer.Setup.on(database, directory.resolve("one")));
        var two = new SpcServer(SpcServer.Setup.on(database, directory.resolve("two")))) {
      var id = one.limited("bore");
      var cursor = "";
      try (var watcher = two.watch(id)) {
        one.sample(id, 10).expect(201);
        one.sample(id, 14).expect(201);
        cursor = SpcServer.json(watcher.awaitText("\"violation\"")).get("cursor").asString();
      }
      var third = one.sample(id, 10.5).expect(201).body().get("sample_id").asLong();
      try (var watcher = RecordingWatcher.connect(one.socket("/ws"))) {
        watcher.send(
            "{\"type\":\"subscribe\",\"characteristic_ids\":[%d],\"since\":\"%s\"}"
                .formatted(id, cursor));
        watcher.awaitText("control_limits");

        assertThat(watcher.seen().stream().filter(frame -> frame.contains("\"type\":\"sample\"")))
            .singleElement()
            .asString()
            .contains("\"sample_id\":" + third);
      }
    }
  }

  @Test
  void oldSamples_onPostgres_areDeleted() throws Exception {
    RetentionTest.oldSamples_areDeleted(setup(), Duration.ofDays(30));
  }

  @Test
  void lists_afterThePageBefore_onPostgres_neitherRepeatNorPassOver() throws Exception {
    try (var spc = new SpcServer(setup())) {
      var id = spc.limited("bore");
      for (var value : new double[] {20, 21, 22}) {
        spc.sample(id, value).expect(201);
      }
      Pages.read(
          spc,
          "/api/v1/samples?limit=2&characteristic_id=" + id,
          () -> spc.sample(id, 23).expect(201));
      Pages.read(spc, "/api/v1/violations?limit=1", () -> spc.sample(id, 24).expect(201));
      Pages.read(spc, "/api/v1/audit?limit=1", () -> spc.characteristic("cog"));
    }
  }
}
