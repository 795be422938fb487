package dev.headway.primes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.server.json.JsonCodec;
import dev.headway.store.Database;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.Schema;
import dev.headway.store.account.SqlAccountStore;
import dev.headway.store.job.SqlJobStore;
import dev.headway.testkit.net.RecordingWatcher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The application in a real server, through its doors. */
final class PrimesApplicationTest {
  private Database database;
  private HeadwayServer server;
  private final HttpClient http = HttpClient.newHttpClient();

  @BeforeEach
  void start(@TempDir Path directory) throws IOException {
    database = Database.open(new DatabaseConfig.Sqlite(directory.resolve("primes.db")));
    database.migrate(Schema.CORE, PrimesApplication.SCHEMA);
    server =
        HeadwayServer.builder(ServerConfig.loopback(0, directory))
            .stores(new SqlJobStore(database), new SqlAccountStore(database))
            .application(PrimesApplication.installer(database))
            .start();
  }

  @AfterEach
  void stop() {
    http.close();
    server.close();
    database.close();
  }

  private HttpResponse<String> send(String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + path))
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    return http.send(request, BodyHandlers.ofString());
  }

  private JsonNode submit(int upTo) throws IOException, InterruptedException {
    var answer = send("POST", "/api/v1/primes", "{\"up_to\": %d}".formatted(upTo));
    assertThat(answer.statusCode()).isEqualTo(202);
    return JsonCodec.mapper().readTree(answer.body());
  }

  @Test
  void count_toAHundredThousand_isWatchedToItsEnd() throws Exception {
    var count = submit(100_000);
    try (var watcher = RecordingWatcher.connect(count.path("watch").path("websocket").asString())) {
      assertThat(watcher.awaitClose().code()).isEqualTo(1000);
      assertThat(watcher.seen().getLast())
          .isEqualTo("{\"type\":\"counted\",\"percent\":100.0,\"result\":{\"primes\":9592}}");
    }
    var shown = send("GET", "/api/v1/primes/" + count.path("id").asString(), "");
    assertThat(JsonCodec.mapper().readTree(shown.body()).path("status").asString())
        .isEqualTo("completed");
  }

  @Test
  void count_toOne_isRefusedWithTheField() throws Exception {
    var answer = send("POST", "/api/v1/primes", "{\"up_to\": 1}");
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("up_to");
  }

  @Test
  void watch_unknownCount_isNotFound() {
    try (var watcher =
        RecordingWatcher.connect(
            "ws://127.0.0.1:%d/ws/primes/%s"
                .formatted(server.port(), "01980a3c-6b1e-7c41-9d0e-2f4a5b6c7d8e"))) {
      assertThat(watcher.awaitClose().code()).isEqualTo(1008);
      assertThat(watcher.seen()).containsExactly("{\"type\":\"error\",\"message\":\"Not found\"}");
    }
  }

  @Test
  void delete_endedCount_isGone() throws Exception {
    var count = submit(100);
    try (var watcher = RecordingWatcher.connect(count.path("watch").path("websocket").asString())) {
      watcher.awaitClose();
    }
    var path = "/api/v1/primes/" + count.path("id").asString();
    assertThat(send("DELETE", path, "").statusCode()).isEqualTo(204);
    assertThat(send("GET", path, "").statusCode()).isEqualTo(404);
  }
}
