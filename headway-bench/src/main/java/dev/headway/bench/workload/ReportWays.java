package dev.headway.bench.workload;

import dev.headway.bench.contender.HeadwayRunning;
import dev.headway.bench.contender.HeadwayRunning.Claimed;
import dev.headway.bench.load.LoadException;
import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The processor time that a report costs the server by each of the ways that a worker has: alone
 * over HTTP, in batches over HTTP, and in batches over the native stream; on one server, one way
 * after the other.
 */
final class ReportWays implements Workload {
  private static final int JOBS = 100;
  private static final int UNACKNOWLEDGED = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Sends some reports; returns how many. */
  @FunctionalInterface
  private interface Way {
    int report(List<Claimed> jobs, long number);
  }

  @Override
  public String name() {
    return "ways";
  }

  @Override
  public String description() {
    return "the server's CPU for a report: alone over HTTP, in batches, over the native stream";
  }

  @Override
  public Findings run(BenchContext context) {
    try (var server = (HeadwayRunning) context.another().get()) {
      server.jobs(JOBS);
      var channel = new Channel(server);
      return new Findings(
          List.of(
              row(context, server, "alone over HTTP", (all, number) -> alone(server, all, number)),
              row(context, server, "100 a body", (all, number) -> batch(server, all, number)),
              row(context, server, "100 a message", channel)));
    }
  }

  private static Row row(BenchContext context, HeadwayRunning server, String name, Way way) {
    context.say(name);
    var jobs = server.jobs(JOBS);
    var number = sent(way, jobs, context.options().warm(), 0)[1];
    var before = server.process().usage();
    var began = System.nanoTime();
    var sent = sent(way, jobs, context.options().counted(), number);
    var seconds = (System.nanoTime() - began) / 1e9;
    var used = server.process().usage().since(before);
    return new Row(
        name,
        List.of(
            new Figure("reports", "/s", sent[0] / seconds),
            new Figure("user CPU", "µs/report", used.userSeconds() * 1e6 / sent[0]),
            new Figure("all CPU", "µs/report", used.cpuSeconds() * 1e6 / sent[0])));
  }

  /* How many were sent, and the next number. */
  private static long[] sent(Way way, List<Claimed> jobs, Duration time, long from) {
    var until = System.nanoTime() + time.toNanos();
    var sent = 0L;
    var number = from;
    while (System.nanoTime() < until) {
      sent += way.report(jobs, number++);
    }
    return new long[] {sent, number};
  }

  private static int alone(HeadwayRunning server, List<Claimed> jobs, long number) {
    var job = jobs.get((int) (number % jobs.size()));
    server.rest().post("/jobs/" + job.id() + "/progress", item(job, number));
    return 1;
  }

  private static int batch(HeadwayRunning server, List<Claimed> jobs, long number) {
    server.rest().post("/jobs/reports", "{\"reports\":[" + items(jobs, number) + "]}");
    return jobs.size();
  }

  private static String items(List<Claimed> jobs, long number) {
    return jobs.stream().map(job -> item(job, number)).collect(Collectors.joining(","));
  }

  private static String item(Claimed job, long number) {
    return "{\"lease\":\"%s\",\"done\":%d,\"total\":10000000,\"message\":\"item %d\"}"
        .formatted(job.lease(), number, number);
  }

  /** A worker's connection, on which a few messages are not acknowledged at any time. */
  private static final class Channel implements Way, WebSocket.Listener {
    private final Semaphore room = new Semaphore(UNACKNOWLEDGED);
    private final StringBuilder partial = new StringBuilder();
    private final WebSocket socket;
    private long acknowledged;

    Channel(HeadwayRunning server) {
      var address = server.process().address();
      var uri = "ws://%s:%d/api/v1/stream".formatted(address.getHostString(), address.getPort());
      socket =
          HttpClient.newHttpClient()
              .newWebSocketBuilder()
              .subprotocols("headway.v1")
              .buildAsync(URI.create(uri), this)
              .join();
      room.acquireUninterruptibly(UNACKNOWLEDGED);
      send("{\"op\":\"work\",\"id\":1,\"worker_id\":\"bench\",\"at_most\":0}");
    }

    private void send(String text) {
      socket.sendText(text, true).join();
    }

    @Override
    public int report(List<Claimed> jobs, long number) {
      await();
      send(
          "{\"op\":\"reports\",\"upto\":%d,\"items\":[%s]}"
              .formatted(number + 1, items(jobs, number)));
      return jobs.size();
    }

    private void await() {
      try {
        if (!room.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
          throw new LoadException("Reports were not acknowledged within half a minute");
        }
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new LoadException("Interrupted");
      }
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
      partial.append(data);
      if (last) {
        received(partial.toString());
        partial.setLength(0);
      }
      from.request(1);
      return null;
    }

    private void received(String frame) {
      if (frame.contains("\"ok\":true")) {
        room.release(UNACKNOWLEDGED); // from now on messages may be large
      } else if (frame.startsWith("{\"acked\":")) {
        var upto = Long.parseLong(frame.substring(9, frame.length() - 1));
        room.release((int) (upto - acknowledged));
        acknowledged = upto;
      }
    }
  }
}
