package dev.headway.bench.workload;

import dev.headway.bench.contender.HeadwayRunning;
import dev.headway.bench.contender.HeadwayRunning.Claimed;
import dev.headway.bench.contender.WatchedContract;
import dev.headway.bench.load.LoadException;
import dev.headway.bench.workload.Findings.Figure;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Jobs, topics and connections that come and go for as long as is asked, with watchers that stop
 * reading and clients that break the protocol: afterwards every gauge is where it began.
 */
final class Soak implements Workload {
  private static final int JOBS = 20;
  private static final int WATCHERS = 5;
  private static final int MESSAGES = 20;
  private static final int STALLED = 5;
  private static final Map<String, String> SETTINGS = Map.of("topics.retention-seconds", "10");

  /* An hour of coming and going, not of load: the machine is of use to others meanwhile. */
  private static final Duration BETWEEN_ROUNDS = Duration.ofSeconds(1);

  private static final Duration SETTLE_WITHIN = Duration.ofMinutes(3);
  private static final List<String> GAUGES =
      List.of("headway_connections", "headway_topics", "headway_jobs_running");
  private static final List<String> HOSTILE =
      List.of(
          "GET /api/v1/stream HTTP/1.1\r\nHost: localhost\r\nUpgr",
          "\u0000\u0001\u0002 no request at all\r\n\r\n",
          "POST /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{",
          """
          GET /api/v1/stream HTTP/1.1\r
          Host: localhost\r
          Connection: Upgrade\r
          Upgrade: websocket\r
          Sec-WebSocket-Version: 13\r
          Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
          \r
          \u00ff\u00ff\u00ff\
          """);

  @Override
  public String name() {
    return "soak";
  }

  @Override
  public String description() {
    return "churn of jobs, topics and watchers, slow and hostile ones too (--minutes 60): what is"
        + " left";
  }

  @Override
  public Findings run(BenchContext context) {
    try (var server = (HeadwayRunning) context.starter().apply(SETTINGS)) {
      var gauges = gauges(server);
      round(context, server); // what loads code counts for nobody
      var heap = server.liveHeapBytes();
      var descriptors = descriptors(server);
      var rounds = churn(context, server);
      settle(context, server, gauges);
      var label =
          "%s rounds of %d jobs with %d watchers each"
              .formatted(BenchContext.number(rounds), JOBS, WATCHERS);
      return Findings.of(
          label,
          new Figure("gauges that are not where they began", "", 0),
          new Figure("heap grown by", "MiB", (server.liveHeapBytes() - heap) / 1048576.0),
          new Figure("descriptors more", "", descriptors(server) - descriptors),
          new Figure("server", "MiB", server.process().usage().residentMiB()));
    }
  }

  private static int churn(BenchContext context, HeadwayRunning server) {
    var until = System.nanoTime() + context.options().counted().toNanos();
    var rounds = 0;
    while (System.nanoTime() < until) {
      round(context, server);
      rounds++;
      context.say("%,d rounds".formatted(rounds));
      Pause.of(BETWEEN_ROUNDS);
    }
    return rounds;
  }

  private static void round(BenchContext context, HeadwayRunning server) {
    var jobs = IntStream.range(0, JOBS).mapToObj(_ -> begun(server)).toList();
    var flows = jobs.stream().map(job -> server.flow(job, WatchedContract.NATIVE)).toList();
    try (var crowd = context.gather(flows, WATCHERS)) {
      crowd.publish(MESSAGES);
      crowd.stallEvery(STALLED);
      HOSTILE.forEach(bytes -> attack(server, bytes));
      crowd.publish(MESSAGES);
      crowd.awaitPublished();
    }
    jobs.forEach(job -> end(server, job));
  }

  private static Claimed begun(HeadwayRunning server) {
    server.rest().post("/jobs", "{\"job_type\":\"soak\",\"external\":true}");
    var claim = "{\"worker_id\":\"soak\",\"job_types\":[\"soak\"],\"lease_seconds\":600}";
    var answer = server.rest().post("/jobs/claim", claim);
    return new Claimed(answer.path("job").path("id").asString(), answer.path("lease").asString());
  }

  private static void end(HeadwayRunning server, Claimed job) {
    var result = "{\"lease\":\"%s\",\"result\":{}}".formatted(job.lease());
    server.rest().post("/jobs/%s/complete".formatted(job.id()), result);
  }

  /* Goes away without an answer, whatever the server makes of it. */
  private static void attack(HeadwayRunning server, String bytes) {
    var address = server.process().address();
    try (var socket = new Socket(address.getAddress(), address.getPort())) {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException refused) {
      throw new LoadException("The server takes no connection any more", refused);
    }
  }

  private static List<Double> gauges(HeadwayRunning server) {
    return GAUGES.stream().map(gauge -> Metrics.of(server, gauge)).toList();
  }

  /* Topics stay for the time of retention; everything else is gone at once. */
  private static void settle(BenchContext context, HeadwayRunning server, List<Double> began) {
    var until = System.nanoTime() + SETTLE_WITHIN.toNanos();
    for (var now = gauges(server); !now.equals(began); now = gauges(server)) {
      if (System.nanoTime() > until) {
        throw new LoadException("The gauges %s are %s and were %s".formatted(GAUGES, now, began));
      }
      context.say("waits until topics are gone");
      Pause.of(Duration.ofSeconds(2));
    }
  }

  private static int descriptors(HeadwayRunning server) {
    try (var open = Files.list(Path.of("/proc", Long.toString(server.process().pid()), "fd"))) {
      return (int) open.count();
    } catch (IOException unreadable) {
      throw new LoadException("The server's descriptors cannot be counted", unreadable);
    }
  }
}
