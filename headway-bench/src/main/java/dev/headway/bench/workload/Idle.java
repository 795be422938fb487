package dev.headway.bench.workload;

import dev.headway.bench.contender.Running;
import dev.headway.bench.contender.Usage;
import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Connections that have signed in, watch a topic, and hear nothing. */
final class Idle implements Workload {
  private static final int FIRST = 500;
  private static final Duration SETTLE = Duration.ofSeconds(3);

  @Override
  public String name() {
    return "idle";
  }

  @Override
  public String description() {
    return "1,000, 10,000 and 19,000 connections that watch and hear nothing: memory and CPU";
  }

  @Override
  public boolean comparable() {
    return true;
  }

  @Override
  public Findings run(BenchContext context) {
    var rows = new ArrayList<Row>();
    for (var watchers : context.options().watchersOr(1_000, 10_000, 19_000)) {
      // A fresh server each time: memory that an earlier crowd has left would not be counted.
      try (var server = context.another().get()) {
        rows.add(row(context, server, watchers));
      }
    }
    return new Findings(rows);
  }

  private static Row row(BenchContext context, Running server, int watchers) {
    var flows = server.flows(1);
    context.gather(flows, Math.min(FIRST, watchers)).close(); // what loads code counts for nobody
    Pause.of(SETTLE);
    server.collectGarbage();
    var before = server.process().usage();
    try (var crowd = context.gather(flows, watchers)) {
      Pause.of(SETTLE);
      var connected = server.process().usage();
      Pause.of(context.options().counted());
      var after = server.process().usage();
      server.collectGarbage();
      var collected = server.process().usage();
      return new Row(
          "%s connections".formatted(BenchContext.number(crowd.size())),
          figures(
              List.of(before, connected, after, collected), watchers, context.options().counted()));
    }
  }

  private static List<Figure> figures(List<Usage> at, int watchers, Duration counted) {
    var cpu = at.get(2).since(at.get(1)).cpuSeconds();
    return List.of(
        new Figure("memory", "KiB/connection", kib(at.get(1).since(at.get(0)), watchers)),
        new Figure("after collecting", "KiB/connection", kib(at.get(3).since(at.get(0)), watchers)),
        new Figure("server before", "MiB", at.get(0).residentMiB()),
        new Figure("server", "MiB", at.get(1).residentMiB()),
        new Figure("server after collecting", "MiB", at.get(3).residentMiB()),
        new Figure("idle CPU", "%", 100e3 * cpu / counted.toMillis()));
  }

  private static double kib(Usage growth, int watchers) {
    return growth.residentBytes() / 1024.0 / watchers;
  }
}
