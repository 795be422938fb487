package dev.headway.server.routes;

import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /health}: the process is alive. {@code GET /ready}: requests may be sent here.
 *
 * @param about what the server is
 * @param checks what it cannot do without, by name
 * @param draining whether it is on its way out
 */
public record HealthRoutes(About about, Map<String, Check> checks, BooleanSupplier draining) {
  private static final Logger LOG = LoggerFactory.getLogger(HealthRoutes.class);

  /** What the server is. */
  public record About(String version, List<String> applications) {}

  /** Tries something out. May block for as long as a prober waits, a few seconds. */
  @FunctionalInterface
  public interface Check {
    /**
     * Returns when it works.
     *
     * @throws Exception when it does not
     */
    void run() throws Exception;
  }

  /** The handlers. */
  public Routes routes() {
    return new Routes().on("health", this::health).on("ready", this::ready);
  }

  private Response health(Request request) {
    return Response.ok(new Health("ok", about.version(), about.applications()));
  }

  private record Health(String status, String version, List<String> applications) {}

  private Response ready(Request request) {
    var results = new LinkedHashMap<String, String>();
    checks.forEach((name, check) -> results.put(name, works(name, check) ? "ok" : "failing"));
    if (draining.getAsBoolean()) {
      return unavailable("draining", results);
    }
    return results.containsValue("failing")
        ? unavailable("unavailable", results)
        : Response.ok(new Readiness("ready", results));
  }

  private record Readiness(String status, Map<String, String> checks) {}

  private static Response unavailable(String status, Map<String, String> results) {
    return Response.json(503, new Readiness(status, results)).with("Retry-After", "5");
  }

  private static boolean works(String name, Check check) {
    try {
      check.run();
      return true;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    } catch (Exception failed) {
      LOG.warn("The check {} fails", name, failed);
      return false;
    }
  }
}
