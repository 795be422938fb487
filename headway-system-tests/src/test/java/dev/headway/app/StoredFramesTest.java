package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.memory.InMemoryNodeRegistry;
import dev.headway.core.port.NodeRegistry;
import dev.headway.server.HeadwayServer;
import dev.headway.server.ServerConfig;
import dev.headway.server.json.JsonCodec;
import dev.headway.store.Database;
import dev.headway.store.DatabaseConfig;
import dev.headway.store.Schema;
import dev.headway.store.account.SqlAccountStore;
import dev.headway.store.job.SqlJobStore;
import dev.headway.testkit.net.RecordingWatcher;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/**
 * Milestones that are read from the database, by another node or after a restart: each frame has
 * the same bytes as the one that was sent live.
 */
final class StoredFramesTest {
  @TempDir private Path data = Path.of("");
  private final NodeRegistry nodes = new InMemoryNodeRegistry(InstantSource.system());
  private final HttpClient client = HttpClient.newHttpClient();
  private Database database;
  private HeadwayServer here;
  private HeadwayServer there;
  private String id = "";
  private String lease = "";

  @BeforeEach
  void start() throws Exception {
    database = Database.open(new DatabaseConfig.Sqlite(data.resolve("headway.db")));
    database.migrate(Schema.CORE);
    here = node("here");
    there = node("there");
  }

  private HeadwayServer node(String name) throws Exception {
    var folder = Files.createDirectories(data.resolve(name));
    var config = ServerConfig.loopback(0, folder);
    var named =
        new ServerConfig(
            config.listen(),
            name,
            folder,
            config.auth(),
            config.sockets(),
            config.places(),
            config.jobs(),
            config.hub());
    return HeadwayServer.builder(named)
        .stores(new SqlJobStore(database), new SqlAccountStore(database))
        .sharedStores(nodes, name)
        .start();
  }

  @AfterEach
  void stop() {
    client.shutdownNow();
    there.close();
    here.close();
    database.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"complete", "fail", "cancelled"})
  void milestones_live_ofAnotherNode_andReadAgain_haveTheSameBytes(String end) throws Exception {
    var begin = submit();
    try (var live = new Followers(here, begin);
        var followed = new Followers(there, begin)) {
      life(live, followed, end);
      var native0 = live.stream("\"type\"");
      var channel = live.channel();
      assertThat(followed.stream("\"type\"")).isEqualTo(native0);
      assertThat(followed.channel()).isEqualTo(channel);
      assertThat(followed.lines()).isEqualTo(live.lines());
    }
    try (var restarted = node("restarted");
        var resumed = new Followers(restarted, begin);
        var live = new Followers(here, begin)) {
      assertThat(resumed.lines()).isEqualTo(live.lines());
    }
  }

  /* Each step waits until both nodes have shown the one before, so that neither conflates. */
  private void life(Followers live, Followers followed, String end) throws Exception {
    claim();
    worker("progress", "\"progress\":40,\"message\":\"Läuft 🏭\",\"metadata\":{\"stage\":\"own\"}");
    both(live, followed, "\"percent\":40.0");
    worker("fail", "\"error\":\"no\",\"details\":\"line 3\",\"retryable\":true");
    both(live, followed, "attempt_failed");
    claim();
    worker("progress", "\"done\":3,\"total\":7,\"message\":\"again\"");
    both(live, followed, "again");
    post(here, "jobs/" + id + "/cancel", "{\"keep_partial\":true}");
    both(live, followed, "cancel_requested");
    worker(
        end,
        end.equals("fail")
            ? "\"error\":\"in the end\",\"details\":\"why\",\"retryable\":false"
            : end.equals("complete") ? "\"result\":{\"n\":1}" : "\"partial\":[1]");
    both(live, followed, "in the end");
  }

  private static void both(Followers live, Followers followed, String text) {
    live.await(text);
    followed.await(text);
  }

  private String submit() throws Exception {
    var job = post(here, "jobs", "{\"job_type\":\"far\",\"external\":true,\"max_attempts\":3}");
    id = job.get("id").asString();
    return job.get("cursor").asString();
  }

  private void claim() throws Exception {
    var wanted =
        "{\"worker_id\":\"w\",\"job_types\":[\"far\"],\"lease_seconds\":120,\"wait_seconds\":20}";
    lease = post(here, "jobs/claim", wanted).get("lease").asString();
  }

  private void worker(String what, String fields) throws Exception {
    post(here, "jobs/%s/%s".formatted(id, what), "{\"lease\":\"%s\",%s}".formatted(lease, fields));
  }

  private JsonNode post(HeadwayServer server, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + "/" + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isLessThan(300);
    return JsonCodec.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }

  /** Watchers of the job on one node, one of each kind. */
  private final class Followers implements AutoCloseable {
    private final RecordingWatcher stream;
    private final RecordingWatcher channel;
    private final List<CompletableFuture<String>> lines;

    Followers(HeadwayServer node, String after) {
      var ws = node.url().replace("http", "ws");
      stream = RecordingWatcher.connectWith("headway.v1", ws + "/api/v1/stream");
      stream.send(
          "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"job:%s\",\"after\":\"%s\"}]}"
              .formatted(id, after));
      assertThat(stream.awaitText("\"re\":1")).contains("\"recovered\":true");
      channel = RecordingWatcher.connect(ws + "/progress/ws/" + id);
      channel.awaitText("\"job_id\"");
      lines =
          List.of("text/event-stream", "application/x-ndjson").stream()
              .map(accept -> follow(node, accept, after))
              .toList();
    }

    private CompletableFuture<String> follow(HeadwayServer node, String accept, String after) {
      var uri = URI.create("%s/api/v1/jobs/%s/events?after=%s".formatted(node.url(), id, after));
      var request = HttpRequest.newBuilder(uri).header("Accept", accept).build();
      return client.sendAsync(request, BodyHandlers.ofString()).thenApply(HttpResponse::body);
    }

    void await(String text) {
      stream.await(
          frame -> frame.contains(text) || frame.matches(".*\"type\":\"(completed|cancelled)\".*"));
    }

    List<String> stream(String text) {
      return milestones(stream.seen().stream().filter(frame -> frame.contains(text)).toList());
    }

    List<String> channel() {
      return milestones(channel.seen());
    }

    /** Everything that the streams of lines have been sent, which end with the job. */
    List<String> lines() {
      return milestones(
          lines.stream()
              .flatMap(body -> body.join().lines())
              .filter(line -> !line.isBlank())
              .toList());
    }

    /* Without progress, which may be passed over; and it is said where. */
    private static List<String> milestones(List<String> frames) {
      return frames.stream()
          .filter(frame -> frame.contains("\"type\""))
          .filter(frame -> !frame.contains("\"type\":\"progress\",\"at\""))
          .filter(frame -> !frame.contains("\"event\":\"progress\""))
          .map(frame -> frame.replaceFirst("\"conflated\":\\d+,", ""))
          .toList();
    }

    @Override
    public void close() {
      stream.close();
      channel.close();
    }
  }
}
