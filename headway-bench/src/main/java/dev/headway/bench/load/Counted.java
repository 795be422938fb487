package dev.headway.bench.load;

/**
 * The counts of a load.
 *
 * @param seconds how long it was counted
 * @param published messages that were published meanwhile
 * @param deliveries messages that reached a watcher meanwhile
 * @param bytes what watchers read meanwhile
 * @param latency from the publisher to a watcher
 * @param order whether what watchers got was whole and in order; of the whole load
 */
public record Counted(
    double seconds, long published, long deliveries, long bytes, Latency latency, Order order) {

  /** Percentiles in milliseconds; all 0 when nothing was delivered. */
  public record Latency(double p50, double p99, double p999, double max) {}

  /**
   * Faults of the order.
   *
   * @param lost messages that a watcher should have got and did not
   * @param passedOver messages of which a watcher was told that it is spared them; no fault
   * @param duplicates messages that came again
   * @param disordered messages that came after a later one
   * @param closed connections that the server closed
   */
  public record Order(long lost, long passedOver, long duplicates, long disordered, long closed) {
    /** All faults together. */
    public long faults() {
      return lost + duplicates + disordered + closed;
    }
  }

  /** Messages that reached a watcher in a second. */
  public double deliveriesPerSecond() {
    return deliveries / seconds;
  }
}
