package dev.headway.bench.workload;

import dev.headway.bench.contender.HeadwayRunning;
import dev.headway.bench.contender.HeadwayRunning.Claimed;
import dev.headway.bench.contender.WatchedContract;
import dev.headway.bench.load.Flow;
import dev.headway.bench.load.LoadException;
import dev.headway.bench.load.Script;
import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** All clients are cut off at once, miss some messages, and come back with their cursors. */
final class Recover implements Workload {
  private static final int JOBS = 100;
  private static final int MISSED = 10;

  @Override
  public String name() {
    return "recover";
  }

  @Override
  public String description() {
    return "10,000 watchers of 100 jobs cut at once, 10 messages missed by each: time until all have them, database reads";
  }

  @Override
  public Findings run(BenchContext context) {
    var rows = new ArrayList<Row>();
    for (var watchers : context.options().watchersOr(10_000)) {
      var jobs = context.headway().jobs(Math.min(JOBS, watchers));
      rows.add(row(context, jobs, watchers / jobs.size()));
    }
    return new Findings(rows);
  }

  private static Row row(BenchContext context, List<Claimed> jobs, int each) {
    var headway = context.headway();
    var flows = jobs.stream().map(job -> headway.flow(job, WatchedContract.NATIVE)).toList();
    try (var crowd = context.gather(flows, each)) {
      crowd.publish(MISSED);
      crowd.awaitCaughtUp();
      resumeFromHere(headway, jobs, flows);
    }
    missSome(context, flows);
    var before = reads(headway);
    var began = System.nanoTime();
    try (var back = context.gather(flows, each)) {
      var all = back.awaitCaughtUp();
      var seconds = (System.nanoTime() - began) / 1e9;
      var after = reads(headway);
      var order = back.faults();
      // What the server reads of its own accord, while nobody wants anything.
      Pause.of(Duration.ofMillis(Math.round(seconds * 1_000)));
      var idle = reads(headway) - after;
      return new Row(
          "%s clients".formatted(BenchContext.number(back.size())),
          List.of(
              new Figure("until all have everything", "s", all ? seconds : Double.NaN),
              new Figure("database reads", "", after - before),
              new Figure("reads of an idle server in that time", "", idle),
              new Figure("messages resent", "", (double) back.size() * MISSED),
              new Figure("faults", "", order.faults())));
    }
  }

  private static double reads(HeadwayRunning headway) {
    return Metrics.of(headway, "headway_database_reads_total");
  }

  private static void resumeFromHere(HeadwayRunning headway, List<Claimed> jobs, List<Flow> flows) {
    for (var at = 0; at < jobs.size(); at++) {
      var id = jobs.get(at).id();
      var cursor = headway.rest().get("/api/v1/jobs/" + id).path("cursor").asString("");
      if (cursor.isEmpty()) {
        throw new LoadException("The job has no cursor");
      }
      flows.get(at).resumeAfter(flows.get(at).newest(), resuming(headway, id, cursor));
    }
  }

  /** The first message of a client that comes back. */
  static Script resuming(HeadwayRunning headway, String job, String cursor) {
    var watch =
        "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"job:%s\",\"after\":\"%s\",\"logs\":true}]}"
            .formatted(job, cursor);
    return headway
        .signedIn(Script.of("/api/v1/stream"))
        .header("Sec-WebSocket-Protocol: headway.v1")
        .then("\"hello\"", watch)
        .then("\"recovered\":true", "");
  }

  private static void missSome(BenchContext context, List<Flow> flows) {
    try (var nobody = context.generator().gather(flows, 0, 0, _ -> {})) {
      nobody.publish(MISSED);
      nobody.awaitPublished();
    }
  }
}
