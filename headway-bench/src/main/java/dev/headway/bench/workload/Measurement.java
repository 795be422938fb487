package dev.headway.bench.workload;

import dev.headway.bench.contender.ServerProcess;
import dev.headway.bench.contender.Usage;
import dev.headway.bench.load.Counted;
import dev.headway.bench.load.Crowd;
import dev.headway.bench.load.Pace;
import dev.headway.bench.workload.Findings.Figure;
import java.util.List;
import java.util.function.Function;

/**
 * A load with what it cost.
 *
 * @param counted what watchers got
 * @param server what the server used meanwhile
 * @param client what this program used meanwhile
 */
record Measurement(Counted counted, Usage server, Usage client) {
  /** Loads a server and reads what that costs it. */
  static Measurement of(ServerProcess process, Crowd crowd, Pace pace, Options options) {
    return of(process, options, phases -> crowd.load(pace, phases));
  }

  /** Puts some load on a server and reads what that costs it. */
  static Measurement of(
      ServerProcess process, Options options, Function<Crowd.Phases, Counted> load) {
    var before = new Usage[2];
    var after = new Usage[2];
    var phases =
        new Crowd.Phases(
            options.warm(),
            options.counted(),
            () -> read(before, process),
            () -> read(after, process));
    var counted = load.apply(phases);
    return new Measurement(counted, after[0].since(before[0]), after[1].since(before[1]));
  }

  private static void read(Usage[] into, ServerProcess process) {
    into[0] = process.usage();
    into[1] = Usage.ofThisProcess();
  }

  /** The figures of a load with many watchers. */
  List<Figure> delivery() {
    var latency = counted.latency();
    return List.of(
        new Figure("deliveries", "/s", counted.deliveriesPerSecond()),
        new Figure("user CPU", "µs/delivery", micros(server.userSeconds())),
        new Figure("all CPU", "µs/delivery", micros(server.cpuSeconds())),
        new Figure("p50", "ms", latency.p50()),
        new Figure("p99", "ms", latency.p99()),
        new Figure("p99.9", "ms", latency.p999()),
        new Figure("max", "ms", latency.max()),
        new Figure("server", "% CPU", percent(server)),
        new Figure("generator", "% CPU", percent(client)),
        new Figure("faults", "", counted.order().faults()));
  }

  /** The figures of a load of requests: each answer is a delivery. */
  List<Figure> answers() {
    var latency = counted.latency();
    return List.of(
        new Figure("reports", "/s", counted.deliveriesPerSecond()),
        new Figure("all CPU", "µs/report", micros(server.cpuSeconds())),
        new Figure("p50", "ms", latency.p50()),
        new Figure("p99", "ms", latency.p99()),
        new Figure("max", "ms", latency.max()),
        new Figure("server", "% CPU", percent(server)),
        new Figure("generator", "% CPU", percent(client)));
  }

  private double micros(double seconds) {
    return counted.deliveries() == 0 ? 0 : seconds * 1e6 / counted.deliveries();
  }

  private double percent(Usage usage) {
    return 100 * usage.cpuSeconds() / counted.seconds();
  }
}
