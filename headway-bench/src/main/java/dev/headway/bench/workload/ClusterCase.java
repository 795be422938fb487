package dev.headway.bench.workload;

import dev.headway.bench.contender.Cluster;
import dev.headway.bench.contender.Cluster.SharedJob;
import dev.headway.bench.contender.Redis;
import dev.headway.bench.contender.Usage;
import dev.headway.bench.load.Counted;
import dev.headway.bench.load.Crowd;
import dev.headway.bench.load.Flow;
import dev.headway.bench.load.Pace;
import dev.headway.bench.store.EventLogSize;
import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The measurements of several servers with one bus.
 *
 * @param label what the case is
 * @param redis their bus; null for another
 */
record ClusterCase(BenchContext context, Cluster cluster, String label, @Nullable Redis redis) {
  private static final int JOBS = 100;
  private static final int MISSED = 10;
  private static final double REPORTS_PER_SECOND = 100;
  private static final int ENDED_JOBS = 50;

  /** By then every server knows of what was reported to another one. */
  private static final Duration SETTLED = Duration.ofSeconds(1);

  private static final String READS = "headway_database_reads_total";
  private static final String WRITES = "headway_database_writes_total";

  List<Row> rows() {
    var watchers = context.options().watchersOr(5_000).getFirst();
    var jobs = cluster.jobs(Math.min(JOBS, watchers));
    var flows = jobs.stream().map(SharedJob::flow).toList();
    var each = watchers / flows.size();
    var rows = new ArrayList<Row>();
    rows.add(reports(flows));
    rows.add(idle(flows));
    rows.add(deliveries(flows, each));
    if (redis != null) {
      rows.add(lostBus(redis, flows, each));
    }
    rows.add(resumes(jobs, flows, each));
    rows.add(log());
    return rows;
  }

  private Row row(String what, Figure... figures) {
    return new Row(label + ", " + what, List.of(figures));
  }

  /** The database's calls and the processor time of all servers up to a moment. */
  private record Spent(Usage usage, double reads, double writes) {
    Spent since(Spent earlier) {
      return new Spent(usage.since(earlier.usage), reads - earlier.reads, writes - earlier.writes);
    }
  }

  private Spent spent() {
    return new Spent(cluster.usage(), sum(READS), sum(WRITES));
  }

  private double sum(String metric) {
    return cluster.sum(server -> Metrics.of(server, metric));
  }

  /** A load at the usual pace, and what it took. */
  private record Loaded(Counted counted, Spent spent) {}

  private Loaded load(Crowd crowd) {
    var marks = new ArrayList<Spent>();
    var phases =
        new Crowd.Phases(
            context.options().warm(),
            context.options().counted(),
            () -> marks.add(spent()),
            () -> marks.add(spent()));
    var counted = crowd.load(new Pace.Steady(REPORTS_PER_SECOND), phases);
    settle(crowd);
    return new Loaded(counted, marks.getLast().since(marks.getFirst()));
  }

  private static void settle(Crowd crowd) {
    crowd.awaitPublished();
    Pause.of(SETTLED);
  }

  private Row reports(List<Flow> flows) {
    context.say(label + ": reports that nobody watches");
    try (var nobody = context.generator().gather(flows, 0, 0, _ -> {})) {
      var spent = load(nobody).spent();
      var reports = REPORTS_PER_SECOND * context.options().counted().toMillis() / 1e3;
      return row(
          "100 reports/s that nobody watches",
          new Figure("all CPU", "µs/report", 1e6 * spent.usage().cpuSeconds() / reports),
          new Figure("reads", "/report", spent.reads() / reports),
          new Figure("writes", "/report", spent.writes() / reports));
    }
  }

  private Row idle(List<Flow> flows) {
    context.say(label + ": nothing happens");
    return row(
        "each server while nothing happens",
        new Figure("reads, 1 job watched", "/s", idleReads(flows.subList(0, 1))),
        new Figure("reads, all jobs watched", "/s", idleReads(flows)),
        new Figure("jobs", "", flows.size()));
  }

  private double idleReads(List<Flow> watched) {
    try (var _ = context.gather(watched, 1)) {
      Pause.of(context.options().warm());
      var before = sum(READS);
      Pause.of(context.options().counted());
      var seconds = context.options().counted().toMillis() / 1e3;
      return (sum(READS) - before) / seconds / cluster.servers().size();
    }
  }

  private Row deliveries(List<Flow> flows, int each) {
    context.say(label + ": deliveries");
    try (var crowd = context.gather(flows, each)) {
      var loaded = load(crowd);
      var counted = loaded.counted();
      return row(
          "100 reports/s to %s watchers".formatted(BenchContext.number(crowd.size())),
          new Figure("deliveries", "/s", counted.deliveriesPerSecond()),
          new Figure("all CPU", "µs/delivery", microsEach(loaded, counted.deliveries())),
          new Figure("p50", "ms", counted.latency().p50()),
          new Figure("p99", "ms", counted.latency().p99()),
          new Figure("max", "ms", counted.latency().max()),
          new Figure("faults", "", counted.order().faults()));
    }
  }

  private static double microsEach(Loaded loaded, long number) {
    return 1e6 * loaded.spent().usage().cpuSeconds() / Math.max(1, number);
  }

  private Row resumes(List<SharedJob> jobs, List<Flow> flows, int each) {
    context.say(label + ": all come back");
    for (var at = 0; at < jobs.size(); at++) {
      var watchedAt = jobs.get(at).watchedAt();
      var id = jobs.get(at).job().id();
      var cursor = watchedAt.rest().get("/api/v1/jobs/" + id).path("cursor").asString();
      flows.get(at).resumeAfter(flows.get(at).newest(), Recover.resuming(watchedAt, id, cursor));
    }
    publish(flows);
    var before = spent();
    var began = System.nanoTime();
    try (var back = context.gather(flows, each)) {
      var all = back.awaitCaughtUp();
      var seconds = (System.nanoTime() - began) / 1e9;
      var spent = spent().since(before);
      return row(
          "%s watchers come back, %d reports missed"
              .formatted(BenchContext.number(back.size()), MISSED),
          new Figure("until all have everything", "s", all ? seconds : Double.NaN),
          new Figure("all CPU", "µs/watcher", 1e6 * spent.usage().cpuSeconds() / back.size()),
          new Figure("reads", "", spent.reads()),
          new Figure("faults", "", back.faults().faults()));
    }
  }

  private void publish(List<Flow> flows) {
    try (var nobody = context.generator().gather(flows, 0, 0, _ -> {})) {
      nobody.publish(MISSED);
      settle(nobody);
    }
  }

  /** The bus is killed when counting begins, and started again after two thirds of the time. */
  private Row lostBus(Redis bus, List<Flow> flows, int each) {
    context.say(label + ": the bus is lost");
    var away = context.options().counted().multipliedBy(2);
    var phases =
        new Crowd.Phases(
            context.options().warm(),
            context.options().counted().multipliedBy(3),
            () -> killFor(bus, away),
            () -> {});
    try (var crowd = context.gather(flows, each)) {
      var before = sum(READS);
      var counted = crowd.load(new Pace.Steady(REPORTS_PER_SECOND), phases);
      settle(crowd);
      return row(
          "%s watchers, %.0f s without the bus"
              .formatted(BenchContext.number(crowd.size()), away.toMillis() / 1e3),
          new Figure("p50", "ms", counted.latency().p50()),
          new Figure("p99", "ms", counted.latency().p99()),
          new Figure("max", "ms", counted.latency().max()),
          new Figure("reads", "", sum(READS) - before),
          new Figure("until it rings again", "s", untilRinging()),
          new Figure("faults", "", counted.order().faults()));
    }
  }

  private static void killFor(Redis bus, Duration away) {
    bus.kill();
    Thread.ofVirtual()
        .start(() -> {
          Pause.of(away);
          bus.startAgain();
        });
  }

  private double untilRinging() {
    var began = System.nanoTime();
    while (sum("headway_bus_ringing") < cluster.servers().size()) {
      Pause.of(Duration.ofMillis(50));
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private Row log() {
    var database = Objects.requireNonNull(context.options().cluster().database());
    try (var log = new EventLogSize(database)) {
      var before = log.now();
      var ids = ended();
      var grown = log.now().since(before);
      ids.forEach(cluster.servers().getLast()::deleteJob);
      return row(
          "stored log of a job that was submitted, claimed, reported to and completed",
          new Figure("milestones", "/job", (double) grown.milestones() / ids.size()),
          new Figure("size", "B/job", (double) grown.bytes() / ids.size()),
          new Figure("left after the jobs were deleted", "", log.now().since(before).milestones()));
    }
  }

  private List<String> ended() {
    var rest = cluster.servers().getFirst().rest();
    var ids = new ArrayList<String>();
    for (var count = 0; count < ENDED_JOBS; count++) {
      rest.post("/jobs", "{\"job_type\":\"logged\",\"external\":true}");
      var claim = "{\"worker_id\":\"bench\",\"job_types\":[\"logged\"],\"lease_seconds\":60}";
      var claimed = rest.post("/jobs/claim", claim);
      var id = claimed.path("job").path("id").asString();
      var lease = claimed.path("lease").asString();
      var report = "{\"lease\":\"%s\",\"done\":1,\"total\":2}".formatted(lease);
      rest.post("/jobs/%s/progress".formatted(id), report);
      rest.post(
          "/jobs/%s/complete".formatted(id), "{\"lease\":\"%s\",\"result\":{}}".formatted(lease));
      ids.add(id);
    }
    return ids;
  }
}
