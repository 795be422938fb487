package dev.headway.bench.workload;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The options of the command line.
 *
 * @param watchers how many watchers; empty for the workload's own numbers
 * @param inFlight how many messages on their way at once; empty for the workload's own
 * @param counted how long each case is counted
 * @param warm how long each case runs before it is counted
 * @param curves which curves; empty for all
 * @param cluster which servers on one database
 */
public record Options(
    List<Integer> watchers,
    List<Integer> inFlight,
    Duration counted,
    Duration warm,
    List<String> curves,
    ClusterOptions cluster) {
  /**
   * Several servers on one database.
   *
   * @param database its address; null when there is none
   * @param nodes how many servers; empty for the usual numbers
   * @param buses which buses; empty for all
   */
  public record ClusterOptions(@Nullable String database, List<Integer> nodes, List<String> buses) {
    /** Takes copies. */
    public ClusterOptions {
      nodes = List.copyOf(nodes);
      buses = List.copyOf(buses);
    }
  }

  /** Takes copies. */
  public Options {
    watchers = List.copyOf(watchers);
    inFlight = List.copyOf(inFlight);
    curves = List.copyOf(curves);
  }

  /** The numbers of watchers to measure. */
  public List<Integer> watchersOr(Integer... usual) {
    return watchers.isEmpty() ? List.of(usual) : watchers;
  }

  /** The numbers of messages in flight to measure. */
  public List<Integer> inFlightOr(Integer... usual) {
    return inFlight.isEmpty() ? List.of(usual) : inFlight;
  }

  /** Whether a curve is to be measured. */
  boolean wants(String curve) {
    return curves.isEmpty() || curves.contains(curve);
  }

  /** The same with another time to warm up. */
  public Options warmedUp(Duration other) {
    return new Options(watchers, inFlight, counted, other, curves, cluster);
  }
}
