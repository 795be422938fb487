package dev.headway.server.routes;

import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;

/**
 * {@code GET /metrics} in Prometheus' text format.
 *
 * @param registry holds the metrics
 */
public record MetricsRoutes(PrometheusMeterRegistry registry) {
  private static final String TEXT_FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  /** The handlers. */
  public Routes routes() {
    return new Routes().on("metrics", _ -> Response.bytes(200, TEXT_FORMAT, scrape()));
  }

  private byte[] scrape() {
    return registry.scrape("text/plain").getBytes(StandardCharsets.UTF_8);
  }
}
