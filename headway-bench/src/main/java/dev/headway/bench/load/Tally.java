package dev.headway.bench.load;

import dev.headway.bench.load.Counted.Latency;
import dev.headway.bench.load.Counted.Order;
import org.HdrHistogram.Histogram;

/** Counts what watchers get. Used on the generator's loop. */
final class Tally {
  private static final long LONGEST_NANOS = 600_000_000_000L;

  private final Histogram latency = new Histogram(1_000, LONGEST_NANOS, 3);
  private boolean counting;
  private long began;
  private double seconds;
  private long deliveries;
  private long bytes;
  private long published;
  private long lost;
  private long passedOver;
  private long duplicates;
  private long disordered;
  private long closed;

  /** Begins to count anew; what was out of order before still counts. */
  void begin() {
    latency.reset();
    deliveries = 0;
    bytes = 0;
    published = 0;
    began = System.nanoTime();
    counting = true;
  }

  void end() {
    seconds = (System.nanoTime() - began) / 1e9;
    counting = false;
  }

  /** Takes the counts; faults of the order are forgotten with that. */
  Counted counted() {
    var order = new Order(lost, passedOver, duplicates, disordered, closed);
    lost = 0;
    passedOver = 0;
    duplicates = 0;
    disordered = 0;
    closed = 0;
    return new Counted(seconds, published, deliveries, bytes, latency(), order);
  }

  private Latency latency() {
    return new Latency(millis(50), millis(99), millis(99.9), millis(100));
  }

  private double millis(double percentile) {
    return latency.getTotalCount() == 0 ? 0 : latency.getValueAtPercentile(percentile) / 1e6;
  }

  void delivered(long nanos) {
    if (counting) {
      deliveries++;
      latency.recordValue(Math.clamp(nanos, 0, LONGEST_NANOS));
    }
  }

  void read(int count) {
    if (counting) {
      bytes += count;
    }
  }

  void sent() {
    if (counting) {
      published++;
    }
  }

  void missing(long messages) {
    lost += messages;
  }

  void declared(long messages) {
    passedOver += messages;
  }

  void again() {
    duplicates++;
  }

  void earlier() {
    disordered++;
  }

  void closed() {
    closed++;
  }
}
