package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.json.JsonCodec;
import dev.headway.testkit.net.RecordingWatcher;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import tools.jackson.databind.JsonNode;

/** A server that is killed while samples come in. */
@Execution(ExecutionMode.CONCURRENT) // each waits for processes of its own
final class IngestKillTest {
  private static final int CHARACTERISTICS = 4;
  private static final int ENOUGH = 400;

  @TempDir private Path data = Path.of("");
  private final HttpClient client = HttpClient.newHttpClient();

  @Test
  void kill_duringIngest_keepsWhatWasAcknowledged_andWatchersSeeEachSampleOnce() throws Exception {
    Set<Long> acknowledged = new ConcurrentSkipListSet<>();
    var watchers = new ArrayList<Series>();
    try (var server = ServeProcess.start(data, Map.of())) {
      for (var id = 1; id <= CHARACTERISTICS; id++) {
        var body = "{\"name\":\"c%d\"}".formatted(id);
        assertThat(post(server.url(), "characteristics", body).get("id").asInt()).isEqualTo(id);
      }
      watchers.add(new Series(server.url(), Map.of()));
      watchers.add(new Series(server.url(), Map.of()));
      var machines = machines(server.url(), acknowledged);
      watchers.getFirst().await(ENOUGH);
      server.kill();
      for (var machine : machines) {
        machine.join();
      }
      watchers.forEach(Series::awaitEnd);
    }
    try (var server = ServeProcess.start(data, Map.of())) {
      var stored = stored(server.url());
      // What was seen may not have been acknowledged yet when the server was killed: one a machine.
      assertThat(acknowledged)
          .hasSizeGreaterThanOrEqualTo(ENOUGH - CHARACTERISTICS)
          .isSubsetOf(stored);
      for (var before : watchers) {
        try (var after = new Series(server.url(), before.cursors());
            before) {
          var seen = new ArrayList<>(before.samples());
          var last = new ArrayList<Long>();
          for (var id = 1; id <= CHARACTERISTICS; id++) {
            last.add(post(server.url(), "samples", sample(id, 1)).get("sample_id").asLong());
          }
          last.forEach(after::awaitSample);
          seen.addAll(after.samples());
          assertThat(seen).doesNotHaveDuplicates().containsAll(stored).containsAll(last);
          stored.addAll(last);
        }
      }
    }
  }

  /** One machine a characteristic, each sending the next sample when the last is acknowledged. */
  private List<Thread> machines(String url, Set<Long> acknowledged) {
    return IntStream.rangeClosed(1, CHARACTERISTICS)
        .mapToObj(id ->
            Thread.ofVirtual()
                .start(() -> {
                  try {
                    for (var at = 0; ; at++) {
                      var answer = post(url, "samples", sample(id, at));
                      acknowledged.add(answer.get("sample_id").asLong());
                    }
                  } catch (IOException | InterruptedException _) {
                    // the server is gone
                  }
                }))
        .toList();
  }

  private static String sample(long id, int value) {
    return "{\"characteristic_id\":%d,\"measurements\":[%d]}".formatted(id, value);
  }

  private List<Long> stored(String url) throws Exception {
    var ids = new ArrayList<Long>();
    for (var id = 1; id <= CHARACTERISTICS; id++) {
      var path = "/api/v1/samples?limit=1000&characteristic_id=" + id;
      json(client
              .send(HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString())
              .body())
          .get("samples")
          .forEach(sample -> ids.add(sample.get("sample_id").asLong()));
    }
    return ids;
  }

  private JsonNode post(String url, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/api/v1/" + path))
            .header("Content-Type", path.contains("import") ? "text/csv" : "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return json(client.send(request, BodyHandlers.ofString()).body());
  }

  private static JsonNode json(String text) {
    return JsonCodec.mapper().readTree(text);
  }

  /** A watcher of all characteristics. */
  private static final class Series implements AutoCloseable {
    private final RecordingWatcher watcher;

    Series(String url, Map<String, String> since) {
      watcher = RecordingWatcher.connect(url.replace("http", "ws") + "/ws");
      var ids = IntStream.rangeClosed(1, CHARACTERISTICS).boxed().toList();
      watcher.send(
          JsonCodec.json(Map.of("type", "subscribe", "characteristic_ids", ids, "since", since))
              .text());
      watcher.awaitText("\"subscribed\"");
    }

    void await(int count) {
      for (var at = 0; at < count; at++) {
        watcher.awaitText("\"type\":\"sample\"");
      }
    }

    /** Takes what has come up to the loss of the connection. */
    void awaitEnd() {
      watcher.awaitClose();
    }

    void awaitSample(long id) {
      if (!samples().contains(id)) {
        watcher.awaitText("\"sample_id\":" + id + ",");
      }
    }

    private List<JsonNode> frames() {
      return watcher.seen().stream()
          .map(IngestKillTest::json)
          .filter(frame -> frame.get("type").asString().equals("sample"))
          .toList();
    }

    List<Long> samples() {
      return frames().stream()
          .map(frame -> frame.at("/payload/sample_id").asLong())
          .collect(Collectors.toList());
    }

    /** The last cursor of each characteristic. */
    Map<String, String> cursors() {
      var cursors = new TreeMap<String, String>();
      frames()
          .forEach(frame ->
              cursors.put(
                  frame.at("/payload/characteristic_id").asString(),
                  frame.get("cursor").asString()));
      return cursors;
    }

    @Override
    public void close() {
      watcher.close();
    }
  }

  @Test
  void kill_duringAnImport_isGoneOnWithWhereItStopped() throws Exception {
    var rows = 60_000;
    String job;
    try (var server = ServeProcess.start(data, Map.of())) {
      post(server.url(), "characteristics", "{\"name\":\"c1\"}");
      var csv = "value\n" + "10\n11\n9\n".repeat(rows / 3);
      job = post(server.url(), "samples/import?characteristic_id=1", csv).get("job_id").asString();
      try (var watcher = watch(server.url(), job)) {
        watcher.awaitText(" of " + rows + " samples");
        server.kill();
      }
    }
    try (var server = ServeProcess.start(data, Map.of());
        var watcher = watch(server.url(), job)) {
      var end = watcher.awaitText("\"completed\"");
      assertThat(end).doesNotContain("failed");
      var answer =
          client.send(
              HttpRequest.newBuilder(
                      URI.create(server.url() + "/api/v1/samples?limit=1&characteristic_id=1"))
                  .build(),
              BodyHandlers.ofString());
      assertThat(json(answer.body()).get("total").asInt()).isEqualTo(rows);
    }
  }

  private static RecordingWatcher watch(String url, String job) {
    return RecordingWatcher.connect(url.replace("http", "ws") + "/progress/ws/" + job);
  }
}
