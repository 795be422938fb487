package dev.headway.bench.workload;

import dev.headway.bench.contender.HeadwayRunning;
import dev.headway.bench.contender.Running;
import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** How long a server takes until it serves, and what it holds while nobody is there. */
final class Start implements Workload {
  /* Longer than the interval at which a server gives native memory back. */
  private static final Duration SETTLE = Duration.ofSeconds(12);

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String description() {
    return "a new server on an empty data directory, and again on what it has left: time until it is ready, memory";
  }

  @Override
  public boolean comparable() {
    return true;
  }

  @Override
  public Findings run(BenchContext context) {
    try (var server = context.another().get()) {
      var rows = new ArrayList<Row>();
      rows.add(row("first start", server));
      if (server instanceof HeadwayRunning headway) {
        headway.restart();
        rows.add(row("later start", server));
      }
      return new Findings(rows);
    }
  }

  private static Row row(String label, Running server) {
    var ready = server.process().startTime();
    Pause.of(SETTLE);
    var usage = server.process().usage();
    return new Row(
        label,
        List.of(
            new Figure("until ready", "ms", ready.toNanos() / 1e6),
            new Figure("CPU", "ms", 1e3 * usage.cpuSeconds()),
            new Figure("memory", "MiB", usage.residentMiB())));
  }
}
