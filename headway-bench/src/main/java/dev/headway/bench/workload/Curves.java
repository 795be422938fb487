package dev.headway.bench.workload;

import dev.headway.bench.contender.HeadwayRunning;
import dev.headway.bench.contender.HeadwayRunning.Claimed;
import dev.headway.bench.contender.WatchedContract;
import dev.headway.bench.load.Flow;
import dev.headway.bench.load.LoadException;
import dev.headway.bench.load.Pace;
import dev.headway.bench.store.FinishedJobs;
import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.function.Function;

/**
 * How cost grows with the work. The labels of its rows are a curve's name and a number, from which
 * charts are drawn; all figures of a curve have one unit.
 */
final class Curves implements Workload {
  private static final SequencedMap<String, Function<BenchContext, Findings>> ALL = all();
  private static final int[] MANY = {1, 10, 100, 1_000, 10_000};
  private static final int[] HISTORY = {10, 100, 1_000, 10_000};
  private static final int[] JOBS = {100, 1_000, 10_000, 100_000, 1_000_000};
  private static final int IN_FLIGHT = 16;
  private static final int REPEATED = 21;
  private static final int PAGE = 50;
  private static final int RESUMING = 100;

  /* Lists that a new server is asked for before they are timed. */
  private static final int COLD = 1_000;

  @Override
  public String name() {
    return "curves";
  }

  @Override
  public String description() {
    return "how cost grows: 1 to 10,000 watchers, 1 to 10,000 topics, history of 10 to 10,000, 100 to 1,000,000 jobs";
  }

  @Override
  public boolean warm() {
    return true;
  }

  private static SequencedMap<String, Function<BenchContext, Findings>> all() {
    var all = new LinkedHashMap<String, Function<BenchContext, Findings>>();
    all.put("watchers", Curves::watchers);
    all.put("topics", Curves::topics);
    all.put("memory", TopicMemory::of);
    all.put("history", Curves::history);
    all.put("jobs", Curves::jobs);
    return all;
  }

  @Override
  public Findings run(BenchContext context) {
    return ALL.entrySet().stream()
        .filter(curve -> context.options().wants(curve.getKey()))
        .map(curve -> curve.getValue().apply(context))
        .reduce(new Findings(List.of()), Findings::and);
  }

  private static Findings watchers(BenchContext context) {
    var rows = new ArrayList<Row>();
    for (var watchers : MANY) {
      try (var crowd = context.gather(context.headway().flows(1), watchers)) {
        var measured =
            Measurement.of(
                context.running().process(), crowd, new Pace.InFlight(1), context.options());
        rows.add(costs("watchers of a topic", watchers, measured));
      }
    }
    return new Findings(rows);
  }

  private static Findings topics(BenchContext context) {
    var rows = new ArrayList<Row>();
    for (var topics : MANY) {
      context.say("making topics");
      try (var crowd = context.gather(context.headway().flows(topics), 1)) {
        var pace = new Pace.InFlight(Math.min(IN_FLIGHT, topics));
        var measured = Measurement.of(context.running().process(), crowd, pace, context.options());
        rows.add(costs("topics with a watcher each", topics, measured));
      }
    }
    return new Findings(rows);
  }

  private static Row costs(String curve, int at, Measurement measured) {
    var published = Math.max(1, measured.counted().published());
    return row(
        curve,
        at,
        new Figure("CPU for a message", "ms", 1e3 * measured.server().cpuSeconds() / published),
        new Figure("p50 to a watcher", "ms", measured.counted().latency().p50()),
        new Figure("p99 to a watcher", "ms", measured.counted().latency().p99()));
  }

  static Row row(String curve, int at, Figure... figures) {
    return new Row("%s: %d".formatted(curve, at), List.of(figures));
  }

  private static Findings history(BenchContext context) {
    var rows = new ArrayList<Row>();
    try (var server = (HeadwayRunning) context.starter().apply(Map.of("topics.events", "20000"))) {
      var jobs = server.jobs(2);
      var progress = server.flow(jobs.getFirst(), WatchedContract.NATIVE);
      var lines = server.logFlow(jobs.getLast());
      for (var missed : HISTORY) {
        context.say("%,d messages".formatted(missed));
        var figures = new ArrayList<Figure>();
        figures.addAll(
            resumed(context, server, new Missed("progress", jobs.getFirst(), progress), missed));
        figures.addAll(
            resumed(context, server, new Missed("log lines", jobs.getLast(), lines), missed));
        rows.add(row("messages that 100 clients missed", missed, figures.toArray(Figure[]::new)));
      }
    }
    return new Findings(rows);
  }

  /** The events missed: a job's progress, of which the newest will do, or all lines of its log. */
  private record Missed(String name, Claimed job, Flow flow) {}

  private static List<Figure> resumed(
      BenchContext context, HeadwayRunning server, Missed history, int missed) {
    var flow = history.flow();
    var id = history.job().id();
    var cursor = server.rest().get("/api/v1/jobs/" + id).path("cursor").asString();
    publish(context, flow, missed);
    flow.resumeAfter(flow.newest() - missed, Recover.resuming(server, id, cursor));
    var before = server.process().usage();
    var began = System.nanoTime();
    try (var crowd = context.gather(List.of(flow), RESUMING)) {
      if (!crowd.awaitCaughtUp() || crowd.faults().faults() > 0) {
        throw new LoadException("Clients did not get what they had missed");
      }
      var millis = (System.nanoTime() - began) / 1e6;
      var cpu = server.process().usage().since(before).cpuSeconds();
      return List.of(
          new Figure(history.name() + ", until all have it", "ms", millis),
          new Figure(history.name() + ", CPU for a client", "ms", 1e3 * cpu / RESUMING));
    }
  }

  private static void publish(BenchContext context, Flow flow, int messages) {
    try (var nobody = context.generator().gather(List.of(flow), 0, 0, _ -> {})) {
      nobody.publish(messages);
      nobody.awaitPublished();
    }
  }

  private static Findings jobs(BenchContext context) {
    var rows = new ArrayList<Row>();
    try (var server = (HeadwayRunning) context.another().get();
        var jobs = new FinishedJobs(server.data(), finishedJob(server))) {
      for (var request = 0; request < COLD; request++) {
        server.rest().get("/api/v1/jobs?limit=" + PAGE);
      }
      for (var count : JOBS) {
        context.say("filling the database with %,d jobs".formatted(count));
        jobs.fillTo(count);
        rows.add(pages(server, count));
      }
    }
    return new Findings(rows);
  }

  private static String finishedJob(HeadwayRunning server) {
    var job = server.jobs(1).getFirst();
    var end = "{\"lease\":\"%s\",\"result\":{\"files\":10}}".formatted(job.lease());
    server.rest().post("/jobs/" + job.id() + "/complete", end);
    return job.id();
  }

  private static Row pages(HeadwayRunning server, int count) {
    return row(
        "finished jobs in the database",
        count,
        page(server, "first page", ""),
        page(server, "completed ones", "&status=completed"),
        page(server, "of a rare type", "&job_type=" + FinishedJobs.RARE),
        page(server, "last page", "&page=" + Math.max(1, count / PAGE)));
  }

  private static Figure page(HeadwayRunning server, String name, String query) {
    var millis = new ArrayList<Double>();
    for (var time = 0; time < REPEATED; time++) {
      var began = System.nanoTime();
      server.rest().get("/api/v1/jobs?limit=" + PAGE + query);
      millis.add((System.nanoTime() - began) / 1e6);
    }
    return new Figure(name, "ms", millis.stream().sorted().toList().get(REPEATED / 2));
  }
}
