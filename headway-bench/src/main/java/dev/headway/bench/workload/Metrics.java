package dev.headway.bench.workload;

import dev.headway.bench.contender.HeadwayRunning;
import dev.headway.bench.load.LoadException;

/** A server's figures at {@code /metrics}. */
final class Metrics {
  private Metrics() {}

  /**
   * A metric's value, summed over its labels.
   *
   * @throws LoadException when there is none of that name
   */
  static double of(HeadwayRunning headway, String name) {
    try (var lines = headway.rest().lines("/metrics", "text/plain", null)) {
      return lines
          .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
          .reduce(Double::sum)
          .orElseThrow(() -> new LoadException("The server has no metric " + name));
    }
  }
}
