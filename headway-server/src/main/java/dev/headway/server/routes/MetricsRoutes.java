package dev.headway.server.routes;

import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmRuntimeInfoMetric;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;

/** {@code GET /metrics} in Prometheus' text format. Thread-safe. */
public final class MetricsRoutes {
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final AtomicBoolean scraped = new AtomicBoolean();

  /**
   * @param registry holds the metrics; those of the process are added to it by the first scrape
   */
  public MetricsRoutes(PrometheusMeterRegistry registry) {
    this.registry = registry;
  }

  /** The handlers. */
  public Routes routes() {
    return new Routes().on("metrics", _ -> Response.bytes(200, TEXT_FORMAT, scrape()));
  }

  private byte[] scrape() {
    if (!scraped.getAndSet(true)) {
      addProcess();
    }
    return registry.scrape("text/plain").getBytes(StandardCharsets.UTF_8);
  }

  /* Not at the start, which they would make longer. */
  private void addProcess() {
    var all = registry.getPrometheusRegistry();
    ProcessMetrics.builder().register(all);
    JvmRuntimeInfoMetric.builder().register(all);
    JvmMemoryMetrics.builder().register(all);
    JvmGarbageCollectorMetrics.builder().register(all);
    JvmThreadsMetrics.builder().register(all);
  }
}
