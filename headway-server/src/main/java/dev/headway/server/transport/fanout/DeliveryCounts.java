package dev.headway.server.transport.fanout;

import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The deliveries of one event loop since the start: their number, the progress that they passed
 * over, and their lag. Written on the loop, once for all deliveries of a batch in a slice, so that
 * a delivery costs no count of its own; read by any thread.
 */
public final class DeliveryCounts {
  /** The upper bounds of the classes of lag in seconds; the last class has none. */
  public static final List<Double> BOUNDS =
      List.of(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

  private static final long[] MILLIS =
      BOUNDS.stream().mapToLong(bound -> (long) (1_000 * bound)).toArray();

  /**
   * The counts of one or several loops at a moment.
   *
   * @param number batches of events handed to a socket or its queue, one for each subscription
   * @param passedOver progress reports that subscriptions were spared
   * @param lags the timed deliveries by class of lag, one more than there are bounds
   * @param lagSeconds the sum of their lags
   */
  public record Totals(long number, long passedOver, List<Long> lags, double lagSeconds) {
    /** Nothing yet. */
    public static final Totals NONE =
        new Totals(0, 0, Collections.nCopies(BOUNDS.size() + 1, 0L), 0);

    /** Takes a copy. */
    public Totals {
      lags = List.copyOf(lags);
    }

    /** These and others together. */
    public Totals plus(Totals others) {
      return new Totals(
          number + others.number,
          passedOver + others.passedOver,
          IntStream.range(0, lags.size())
              .mapToObj(at -> lags.get(at) + others.lags.get(at))
              .toList(),
          lagSeconds + others.lagSeconds);
    }
  }

  private final InstantSource clock;
  private final AtomicLong deliveries = new AtomicLong();
  private final AtomicLong passedOver = new AtomicLong();
  private final AtomicLong lagMillis = new AtomicLong();
  private final List<AtomicLong> lags =
      Stream.generate(AtomicLong::new).limit(MILLIS.length + 1L).toList();

  /**
   * @param clock the one that stamps events
   */
  public DeliveryCounts(InstantSource clock) {
    this.clock = clock;
  }

  /** Counts the deliveries of a batch. */
  void delivered(EncodedBatch batch, int times) {
    add(deliveries, times);
    add(passedOver, batch.passedOver() * times);
  }

  /** Notes how long after its oldest event a batch was delivered, to the millisecond. */
  void timed(EncodedBatch batch, int times) {
    var lag = Math.max(0, clock.millis() - batch.since());
    var at = 0;
    while (at < MILLIS.length && lag > MILLIS[at]) {
      at++;
    }
    add(lags.get(at), times);
    add(lagMillis, lag * times);
  }

  /* One thread writes. */
  private static void add(AtomicLong count, long more) {
    count.setOpaque(count.getPlain() + more);
  }

  /** The counts at present. */
  public Totals totals() {
    return new Totals(
        deliveries.get(),
        passedOver.get(),
        lags.stream().map(AtomicLong::get).toList(),
        lagMillis.get() / 1_000.0);
  }
}
