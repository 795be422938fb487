package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.engine.JobType;
import dev.headway.core.job.Json;
import dev.headway.core.job.Plan;
import dev.headway.core.job.ProgressReport;
import dev.headway.server.ServerConfig.JobSettings;
import dev.headway.testkit.net.RecordingWatcher;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The load that the first clients were promised: {@code ./build --load}. Not part of every build,
 * because it takes its time; what it measures is printed, what must hold at any speed is asserted.
 */
final class LoadRun {
  private static final int JOBS = 10;
  private static final int WATCHERS_EACH = 10;
  private static final int REPORTS_EACH = 1_000;

  @TempDir Path data;
  private final HttpClient http = HttpClient.newHttpClient();

  /** Reports a hundred times a second, each report naming the moment it was made. */
  private static JobType busy() {
    return new JobType(
        "busy",
        Plan.NONE,
        1,
        context -> {
          var start = System.nanoTime();
          for (var at = 1; at <= REPORTS_EACH; at++) {
            context.report(
                ProgressReport.of(100.0 * at / REPORTS_EACH, "sent " + System.nanoTime()));
            LockSupport.parkNanos(start + at * 10_000_000L - System.nanoTime());
          }
          return new Json("{\"reports\":" + REPORTS_EACH + "}");
        });
  }

  private HeadwayServer server() throws Exception {
    var many =
        new JobSettings(JOBS, Duration.ofSeconds(30), Duration.ofSeconds(30), Duration.ofDays(1));
    return HeadwayServer.builder(ServerConfig.loopback(0, data).withJobs(many)).job(busy()).start();
  }

  private String submit(HeadwayServer server) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + "/jobs"))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{\"job_type\":\"busy\"}"))
            .build();
    return TestServer.json(http.send(request, BodyHandlers.ofString())).get("id").asString();
  }

  @Test
  void hundredConnections_thousandMessagesASecond_allSeeTheEnd() throws Exception {
    try (var server = server()) {
      var watchers = new ArrayList<RecordingWatcher>();
      for (var job = 0; job < JOBS; job++) {
        var path = "ws://127.0.0.1:" + server.port() + "/progress/ws/" + submit(server);
        for (var at = 0; at < WATCHERS_EACH; at++) {
          watchers.add(RecordingWatcher.connectTimed(System::nanoTime, path));
        }
      }
      var delays = new ArrayList<Long>();
      for (var watcher : watchers) {
        var end = watcher.awaitWithin(Duration.ofSeconds(60), f -> f.contains("\"completed\""));
        assertThat(end).contains("\"reports\":" + REPORTS_EACH);
        delays.addAll(delays(watcher));
      }
      delays.sort(null);
      System.out.printf(
          "%d connections, %d reports/s, %d deliveries: p50 %.1f ms, p99 %.1f ms, max %.1f ms%n",
          watchers.size(),
          JOBS * 100,
          delays.size(),
          millis(delays, 0.5),
          millis(delays, 0.99),
          millis(delays, 1));
      watchers.forEach(RecordingWatcher::close);
    }
  }

  private static List<Long> delays(RecordingWatcher watcher) {
    var delays = new ArrayList<Long>();
    var seen = watcher.seen();
    var arrivals = watcher.arrivals();
    for (var at = 0; at < seen.size(); at++) {
      var frame = seen.get(at);
      var mark = frame.indexOf("sent ");
      if (mark >= 0 && frame.contains("in_progress")) {
        var digits = frame.substring(mark + 5, frame.indexOf('"', mark));
        delays.add(arrivals.get(at) - Long.parseLong(digits));
      }
    }
    return delays;
  }

  private static double millis(List<Long> sorted, double quantile) {
    return sorted.get((int) (quantile * (sorted.size() - 1))) / 1e6;
  }

  @Test
  void memory_overRoundsOfConnections_doesNotGrow() throws Exception {
    try (var server = server()) {
      round(server);
      var before = used();
      for (var round = 0; round < 20; round++) {
        round(server);
      }
      var after = used();
      System.out.printf(
          "used memory before %.1f MiB, after 2,000 connections %.1f MiB%n", before, after);
      assertThat(server.connections()).isZero();
      assertThat(after - before).isLessThan(16);
    }
  }

  private void round(HeadwayServer server) throws Exception {
    var uri = "ws://127.0.0.1:" + server.port() + "/api/v1/stream";
    var watchers = new ArrayList<RecordingWatcher>();
    for (var at = 0; at < 100; at++) {
      watchers.add(RecordingWatcher.connectWith("headway.v1", uri));
    }
    watchers.forEach(RecordingWatcher::next);
    watchers.forEach(RecordingWatcher::close);
    while (server.connections() > 0) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static double used() {
    System.gc();
    var runtime = Runtime.getRuntime();
    return (runtime.totalMemory() - runtime.freeMemory()) / 1024.0 / 1024.0;
  }
}
