package dev.headway.server.routes;

import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /health}: the process is alive. {@code GET /ready}: requests may be sent here.
 *
 * @param about what the server is
 * @param checks what it cannot do without, by name
 * @param duties what it does again and again, by name
 * @param draining whether it is on its way out
 */
public record HealthRoutes(
    About about,
    Map<String, Check> checks,
    Supplier<Map<String, DutyAge>> duties,
    BooleanSupplier draining) {
  private static final Logger LOG = LoggerFactory.getLogger(HealthRoutes.class);

  /** The identity of the server. */
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

  /**
   * How long ago a duty last succeeded.
   *
   * @param age the time since then, or since the start
   * @param late whether that is too long
   */
  public record DutyAge(Duration age, boolean late) {}

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
    var ages = duties.get();
    if (ages.values().stream().anyMatch(DutyAge::late)) {
      results.put("duties", "failing");
    }
    var failing = results.containsValue("failing") ? "unavailable" : "ready";
    var status = draining.getAsBoolean() ? "draining" : failing;
    var readiness = new Readiness(status, results, seconds(ages));
    return status.equals("ready")
        ? Response.ok(readiness)
        : Response.json(503, readiness).with("Retry-After", "5");
  }

  private record Readiness(String status, Map<String, String> checks, Map<String, Double> duties) {}

  private static Map<String, Double> seconds(Map<String, DutyAge> ages) {
    return ages.entrySet().stream()
        .collect(
            Collectors.toMap(
                Map.Entry::getKey,
                entry -> entry.getValue().age().toMillis() / 1000.0,
                (one, _) -> one,
                LinkedHashMap::new));
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
