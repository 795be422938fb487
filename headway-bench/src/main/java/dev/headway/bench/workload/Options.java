package dev.headway.bench.workload;

import java.time.Duration;
import java.util.List;

/**
 * The options of the command line.
 *
 * @param watchers how many watchers; empty for the workload's own numbers
 * @param inFlight how many messages on their way at once; empty for the workload's own
 * @param counted how long each case is counted
 * @param warm how long each case runs before it is counted
 * @param curves which curves; empty for all
 */
public record Options(
    List<Integer> watchers,
    List<Integer> inFlight,
    Duration counted,
    Duration warm,
    List<String> curves) {
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
    return new Options(watchers, inFlight, counted, other, curves);
  }
}
