package dev.headway.bench.workload;

import dev.headway.bench.workload.Report.Figure;
import java.time.Duration;

/** How long a server takes until it serves, and what it holds while nobody is there. */
final class Start implements Workload {
  private static final Duration SETTLE = Duration.ofSeconds(2);

  @Override
  public String name() {
    return "start";
  }

  @Override
  public String description() {
    return "a new server on an empty data directory: time until it is ready, memory";
  }

  @Override
  public boolean comparable() {
    return true;
  }

  @Override
  public Report run(BenchContext context) {
    try (var server = context.another().get()) {
      Pause.of(SETTLE);
      var usage = server.process().usage();
      return Report.of(
          "start",
          new Figure("until ready", "ms", server.process().startTime().toNanos() / 1e6),
          new Figure("CPU", "ms", 1e3 * usage.cpuSeconds()),
          new Figure("memory", "MiB", usage.residentMiB()));
    }
  }
}
