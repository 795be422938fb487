package dev.headway.bench.workload;

import dev.headway.bench.contender.Usage;
import dev.headway.bench.load.ChartCrowd;
import dev.headway.bench.load.Counted;
import dev.headway.bench.load.LoadException;
import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Samples that come in over HTTP, are judged by all rules, and are watched. */
final class Samples implements Workload {
  private static final int CHARTS = 500;
  private static final int PER_SECOND = 5_000;

  /** How many charts a watcher has before it. */
  private static final int WALL = 5;

  @Override
  public String name() {
    return "samples";
  }

  @Override
  public String description() {
    return "5,000 samples a second over HTTP in batches of 100, 500 characteristics with all rules on, 200 watchers of 5 charts each";
  }

  @Override
  public Findings run(BenchContext context) {
    var rows = new ArrayList<Row>();
    for (var watchers : context.options().watchersOr(200)) {
      rows.add(new Row("%d watchers".formatted(watchers), figures(context, watchers)));
    }
    return new Findings(rows);
  }

  private static List<Figure> figures(BenchContext context, int watchers) {
    var server = context.headway();
    context.say("making %d characteristics".formatted(CHARTS));
    var charts = Machines.characteristics(server, CHARTS);
    var address = server.process().address();
    var walls = walls(charts, watchers);
    try (var crowd = ChartCrowd.gather(context.generator(), address, walls);
        var machines = new Machines(server, charts, PER_SECOND)) {
      context.say("%d watchers".formatted(watchers));
      pause(context.options().warm());
      crowd.begin();
      var used = server.process().usage();
      var own = Usage.ofThisProcess();
      var sent = machines.taken();
      pause(context.options().counted());
      crowd.end();
      sent = machines.taken() - sent;
      used = server.process().usage().since(used);
      own = Usage.ofThisProcess().since(own);
      return figures(crowd.counted(machines.stop()), sent, used, own);
    }
  }

  /** Walls of charts, so that each chart is watched as often as every other. */
  private static List<List<Long>> walls(List<Long> charts, int watchers) {
    return IntStream.range(0, watchers)
        .mapToObj(watcher ->
            IntStream.range(0, WALL)
                .mapToObj(at -> charts.get((watcher * WALL + at) % charts.size()))
                .toList())
        .toList();
  }

  private static List<Figure> figures(Counted counted, long samples, Usage server, Usage client) {
    var latency = counted.latency();
    var seconds = counted.seconds();
    return List.of(
        new Figure("samples", "/s", samples / seconds),
        new Figure("frames", "/s", counted.deliveriesPerSecond()),
        new Figure("p50", "ms", latency.p50()),
        new Figure("p99", "ms", latency.p99()),
        new Figure("p99.9", "ms", latency.p999()),
        new Figure("max", "ms", latency.max()),
        new Figure("all CPU", "µs/sample", samples == 0 ? 0 : server.cpuSeconds() * 1e6 / samples),
        new Figure("server", "% CPU", 100 * server.cpuSeconds() / seconds),
        new Figure("generator", "% CPU", 100 * client.cpuSeconds() / seconds),
        new Figure("faults", "", counted.order().faults()));
  }

  private static void pause(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      throw new LoadException("Interrupted");
    }
  }
}
