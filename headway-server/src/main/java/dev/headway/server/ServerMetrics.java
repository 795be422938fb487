package dev.headway.server;

import dev.headway.core.engine.Runner;
import dev.headway.core.engine.Watchdog;
import dev.headway.core.port.Bus;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.TopicCounts;
import dev.headway.core.topic.TopicName;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.socket.CloseCounts;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.transport.fanout.DeliveryCounts;
import dev.headway.server.transport.socket.ConnectionLoops;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The metrics of a server's parts, as docs/metrics.md lists them. They read what the parts count in
 * any case, at the moment of a scrape. Meters hold the parts weakly; the server keeps them.
 */
final class ServerMetrics {
  private final PrometheusMeterRegistry meters;

  /** Adds metrics there. */
  ServerMetrics(PrometheusMeterRegistry meters) {
    this.meters = meters;
    Gauge.builder("headway.build.info", () -> 1).tag("version", Version.CURRENT).register(meters);
  }

  /** The connections, and how they were refused or closed. */
  void connections(ConnectionLimits limits, ConnectionLoops loops) {
    meters.gauge("headway.connections", limits, ConnectionLimits::total);
    meters.gauge("headway.http.connections", limits, ConnectionLimits::http);
    for (var reason : RefusalReason.values()) {
      var tags = Tags.of("reason", reason.label());
      counter("headway.refusals", tags, limits.refusals(), counts -> counts.of(reason));
    }
    for (var side : CloseCounts.Side.values()) {
      for (var code : CloseCounts.CODES) {
        var label = code == CloseCounts.OTHER ? "other" : Integer.toString(code);
        var tags = Tags.of("by", side.label(), "code", label);
        counter("headway.connection.closes", tags, loops, each -> each.closed(side, code));
      }
    }
  }

  /** The deliveries to watchers, and how late they are. */
  void deliveries(ConnectionLoops loops) {
    counter("headway.deliveries", Tags.empty(), loops, each -> each.deliveries().number());
    counter("headway.conflated", Tags.empty(), loops, each -> each.deliveries().passedOver());
    meters.getPrometheusRegistry().register(() -> lag(loops.deliveries()));
  }

  /* Micrometer's own histograms want each value by itself. */
  private static HistogramSnapshot lag(DeliveryCounts.Totals totals) {
    var bounds =
        Stream.concat(DeliveryCounts.BOUNDS.stream(), Stream.of(Double.POSITIVE_INFINITY)).toList();
    return HistogramSnapshot.builder()
        .name("headway_delivery_lag_seconds")
        .dataPoint(
            HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(ClassicHistogramBuckets.of(bounds, totals.lags()))
                .sum(totals.lagSeconds())
                .build())
        .build();
  }

  /** The topics in memory, and how watchers come back to them. */
  void topics(Hub hub) {
    meters.gauge("headway.topics", hub, Hub::size);
    var counts = hub.counts();
    counter("headway.events.unencodable", Tags.empty(), counts, TopicCounts::unencodable);
    counter("headway.recoveries", Tags.of("outcome", "recovered"), counts, TopicCounts::recovered);
    counter("headway.recoveries", Tags.of("outcome", "anew"), counts, TopicCounts::startedAnew);
  }

  /** The jobs of this server, and the leases that it ended. */
  void jobs(Runner runner, Watchdog watchdog) {
    meters.gauge("headway.jobs.running", runner, Runner::running);
    counter("headway.leases.lost", Tags.empty(), watchdog, Watchdog::leasesLost);
  }

  /** The bus to the other servers. */
  void bus(Bus bus) {
    var heard = new Heard();
    bus.listen(heard);
    Gauge.builder("headway.bus.ringing", () -> ringing(bus)).register(meters);
    counter("headway.bus.rings", Tags.empty(), heard.rings, AtomicLong::get);
    counter("headway.bus.interruptions", Tags.empty(), heard.interruptions, AtomicLong::get);
  }

  /* Without a bus there is nothing to be alarmed about. */
  private static double ringing(Bus bus) {
    if (bus.equals(Bus.NONE)) {
      return Double.NaN;
    }
    return bus.ringing() ? 1 : 0;
  }

  /** The rings of other servers, counted. Written by one thread. */
  private static final class Heard implements Bus.Listener {
    private final AtomicLong rings = new AtomicLong();
    private final AtomicLong interruptions = new AtomicLong();

    @Override
    public void rang(TopicName topic, long number, byte @Nullable [] body) {
      rings.incrementAndGet();
    }

    @Override
    public void interrupted() {
      interruptions.incrementAndGet();
    }

    @Override
    public void restored() {}
  }

  /** The counters and gauges of an embedding program, by name. */
  void others(Map<String, LongSupplier> counters, Map<String, DoubleSupplier> gauges) {
    counters.forEach((name, count) -> counter(name, Tags.empty(), count, LongSupplier::getAsLong));
    gauges.forEach((name, value) -> Gauge.builder(name, value::getAsDouble).register(meters));
  }

  private <T> void counter(String name, Tags tags, T counted, ToDoubleFunction<T> count) {
    FunctionCounter.builder(name, counted, count).tags(tags).register(meters);
  }
}
