package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.memory.InMemoryAccountStore;
import dev.headway.core.memory.InMemoryJobStore;
import dev.headway.core.memory.InMemoryNodeRegistry;
import dev.headway.core.port.NodeRegistry;
import dev.headway.testkit.net.RecordingWatcher;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes over the same stores: one works, clients are on the other. */
final class OtherNodesTest {
  @TempDir Path data;
  private final ScriptedWork work = new ScriptedWork();
  private final InMemoryJobStore jobs = new InMemoryJobStore();
  private final InMemoryAccountStore accounts = new InMemoryAccountStore();
  private final NodeRegistry nodes = new InMemoryNodeRegistry(InstantSource.system());
  private final HttpClient http = HttpClient.newHttpClient();
  private HeadwayServer worker;
  private HeadwayServer front;

  @BeforeEach
  void start() throws Exception {
    worker = builder("worker").job(work.type()).start();
    front = builder("front").start();
  }

  private ServerBuilder builder(String node) {
    var named = ServerConfig.loopback(0, data).withNode(node);
    return HeadwayServer.builder(named).stores(jobs, accounts).sharedStores(nodes, node);
  }

  @AfterEach
  void stop() {
    http.shutdownNow();
    front.close();
    worker.close();
  }

  private String submit() throws Exception {
    var answer =
        http.send(
            HttpRequest.newBuilder(URI.create(worker.url() + "/jobs"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{\"job_type\":\"scripted\"}"))
                .build(),
            BodyHandlers.ofString());
    return TestServer.json(answer).get("id").asString();
  }

  private RecordingWatcher watch(String topic) {
    return RecordingWatcher.connectWith(
            "headway.v1", "ws://127.0.0.1:" + front.port() + "/api/v1/stream")
        .send("{\"op\":\"watch\",\"id\":1,\"topics\":[\"%s\"]}".formatted(topic));
  }

  @Test
  void watcher_onAnotherNode_seesProgressAndTheEnd() throws Exception {
    var job = submit();
    try (var watcher = watch("job:" + job);
        var feed = watch("user:anonymous")) {
      watcher.awaitText("\"re\":1");
      feed.awaitText("\"re\":1");
      work.report(40, "forty");
      assertThat(watcher.awaitText("\"forty\"")).contains("\"percent\":40.0");
      feed.awaitText("\"forty\"");
      work.finish("{\"n\":1}");
      assertThat(watcher.awaitText("\"type\":\"completed\"")).contains("\"n\":1");
      feed.awaitText("\"type\":\"completed\"");
    }
  }

  @Test
  void cancel_onAnotherNode_reachesTheWork() throws Exception {
    var job = submit();
    try (var watcher = watch("job:" + job)) {
      watcher.awaitText("\"re\":1");
      work.report(10, "ten");
      watcher.awaitText("\"ten\"");
      watcher.send("{\"op\":\"cancel\",\"id\":2,\"topic\":\"job:%s\"}".formatted(job));
      watcher.awaitText("\"ok\":\"requested\"");
      work.stopWhenTold();
      watcher.awaitText("\"type\":\"cancelled\"");
    }
  }
}
