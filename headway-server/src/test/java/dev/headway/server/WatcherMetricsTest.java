package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The metrics of a server's watchers. */
final class WatcherMetricsTest {
  @TempDir Path data;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private String metrics() throws Exception {
    return server.call("GET", "/metrics", null, null).body();
  }

  private void awaitMetric(String line) {
    await().untilAsserted(() -> assertThat(metrics().lines()).contains(line));
  }

  private String watch(String job, String after) {
    return "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"job:%s\",\"after\":\"%s\"}]}"
        .formatted(job, after);
  }

  @Test
  void reports_thatAreDelivered_areCountedWithTheirLag() throws Exception {
    assertThat(metrics().lines()).contains("headway_deliveries_total 0.0");
    var job = server.submit(null);
    var watch = "{\"op\":\"watch\",\"id\":1,\"topics\":[\"job:%s\"]}".formatted(job);
    try (var watcher = server.stream(null).send(watch)) {
      watcher.awaitText("\"re\":1");
      server.work.report(40, "forty");
      watcher.awaitText("\"forty\""); // which it may have caught up with, and that is not timed
      server.work.report(50, "fifty");
      watcher.awaitText("\"fifty\"");
      await()
          .untilAsserted(() ->
              assertThat(metrics())
                  .containsPattern("headway_deliveries_total [1-9]")
                  .containsPattern("headway_delivery_lag_seconds_bucket\\{le=\"\\+Inf\"} [1-9]")
                  .containsPattern("headway_delivery_lag_seconds_count [1-9]"));
      server.work.finish("{}");
      watcher.awaitText("\"completed\"");
    }
  }

  @Test
  void watchers_thatComeBack_areCountedByWhatTheyAreShown() throws Exception {
    var job = server.submit(null);
    var cursor =
        TestServer.json(server.call("GET", "/jobs/" + job, null, null)).path("cursor").asString();
    try (var back = server.stream(null).send(watch(job, cursor));
        var stranger = server.stream(null).send(watch(job, "elsewhere-3"))) {
      back.awaitText("\"recovered\":true");
      stranger.awaitText("\"recovered\":false");
      awaitMetric("headway_recoveries_total{outcome=\"recovered\"} 1.0");
      awaitMetric("headway_recoveries_total{outcome=\"anew\"} 1.0");
      server.work.finish("{}");
    }
  }

  @Test
  void closes_areCountedByTheSideThatBeganAndTheCode() throws Exception {
    server.stream(null).vanish();
    awaitMetric("headway_connection_closes_total{by=\"client\",code=\"1006\"} 1.0");
    try (var socket = server.channel("00000000-0000-0000-0000-000000000000")) {
      assertThat(socket.awaitClose().code()).isEqualTo(1000);
      awaitMetric("headway_connection_closes_total{by=\"server\",code=\"1000\"} 1.0");
    }
  }
}
