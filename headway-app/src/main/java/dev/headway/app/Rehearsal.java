package dev.headway.app;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A rehearsal of a server's day: a job that is watched in three ways, and some thousand reports.
 * The cache for quick starts keeps the parts of the server's code that become hot by it (JEP 515),
 * so that a new server compiles them at once. A process of its own, started by {@code
 * scripts/launch.sh}.
 */
final class Rehearsal {
  private static final int REPORTS = 6_000;
  private static final int WORKERS = 4;

  private final JsonMapper mapper = new JsonMapper();
  private final AtomicInteger reported = new AtomicInteger();
  private final HttpClient http;
  private final URI server;
  private final int reports;

  /**
   * @param server its address
   * @param reports the number of reports
   */
  Rehearsal(HttpClient http, URI server, int reports) {
    this.http = http;
    this.server = server;
    this.reports = reports;
  }

  /** Rehearses on the server at the address that is the only argument. */
  public static void main(String... arguments) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      new Rehearsal(http, URI.create(arguments[0]), REPORTS).run();
      http.shutdownNow();
    }
  }

  /**
   * Rehearses to the end of the job.
   *
   * @throws IOException when the server does not answer as expected
   */
  void run() throws IOException, InterruptedException {
    get("/openapi.yaml");
    get("/jobs");
    var id = post("/jobs", "{\"job_type\":\"cache\",\"external\":true}").path("id").asString();
    var claim = "{\"worker_id\":\"cache\",\"job_types\":[\"cache\"],\"lease_seconds\":600}";
    var lease = post("/jobs/claim", claim).path("lease").asString();
    var watch = "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"job:%s\"}]}".formatted(id);
    var jobs = watched("/progress/ws/" + id);
    var stream = watched("/api/v1/stream");
    stream.sendText(watch, true).join();
    var events = request("/api/v1/jobs/%s/events".formatted(id)).GET().build();
    var lines = http.sendAsync(events, BodyHandlers.discarding());
    try (var workers = Executors.newFixedThreadPool(WORKERS)) {
      for (var worker = 0; worker < WORKERS; worker++) {
        CompletableFuture<Void> _ = CompletableFuture.runAsync(() -> report(id, lease), workers);
      }
    }
    post("/jobs/%s/complete".formatted(id), "{\"lease\":\"%s\",\"result\":{}}".formatted(lease));
    lines.join();
    jobs.abort();
    stream.abort();
  }

  private void report(String id, String lease) {
    var path = "/jobs/%s/progress".formatted(id);
    for (var at = reported.incrementAndGet(); at <= reports; at = reported.incrementAndGet()) {
      var report =
          "{\"lease\":\"%s\",\"done\":%d,\"total\":%d,\"message\":\"item %d\"}"
              .formatted(lease, at, reports, at);
      var body = BodyPublishers.ofString(report);
      var sent = http.sendAsync(request(path).POST(body).build(), BodyHandlers.discarding());
      sent.join();
    }
  }

  private void get(String path) throws IOException, InterruptedException {
    http.send(request(path).GET().build(), BodyHandlers.discarding());
  }

  private JsonNode post(String path, String body) throws IOException, InterruptedException {
    var request = request(path).POST(BodyPublishers.ofString(body)).build();
    return mapper.readTree(http.send(request, BodyHandlers.ofString()).body());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).header("Content-Type", "application/json");
  }

  private WebSocket watched(String path) {
    var address = URI.create("ws" + server.resolve(path).toString().substring("http".length()));
    return http.newWebSocketBuilder().buildAsync(address, new WebSocket.Listener() {}).join();
  }
}
