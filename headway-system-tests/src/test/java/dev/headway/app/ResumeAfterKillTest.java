package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.json.JsonCodec;
import dev.headway.testkit.net.RecordingWatcher;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Watchers of all kinds that come back to a server that was killed in the middle of a job. */
final class ResumeAfterKillTest {
  @TempDir private Path data = Path.of("");
  private final HttpClient client = HttpClient.newHttpClient();
  private String id = "";
  private String lease = "";

  @Test
  void kill_duringAJob_everyKindOfWatcherResumesWithAllMilestonesAndTheNewestProgress()
      throws Exception {
    var cursors = new ArrayList<String>();
    try (var server = ServeProcess.start(data, Map.of())) {
      live(server.url(), cursors);
      server.kill();
    }
    try (var server = ServeProcess.start(data, Map.of())) {
      var url = server.url();
      for (var cursor : cursors) {
        var seen = cursors.indexOf(cursor);
        assertThat(polled(url, cursor)).as("long poll after %s", cursor).isEqualTo(missed(seen));
        assertThat(watched(url, cursor)).as("socket after %s", cursor).isEqualTo(missed(seen));
      }
      assertThat(polled(url, cursors.getLast().replaceFirst("-.*", "-99.1"))).isEmpty();
      end(url, cursors);
    }
  }

  /* Milestones and progress, with a cursor after each. */
  private void live(String url, List<String> cursors) throws Exception {
    var submitted =
        post(url, "jobs", "{\"job_type\":\"far\",\"external\":true,\"max_attempts\":2}");
    id = submitted.get("id").asString();
    cursors.add(submitted.get("cursor").asString());
    claim(url);
    report(url, 10);
    report(url, 20);
    cursors.add(cursor(url));
    post(url, "jobs/" + id + "/fail", worker("\"error\":\"no\",\"retryable\":true"));
    claim(url);
    report(url, 40);
    report(url, 60);
    cursors.add(cursor(url));
  }

  private static List<String> missed(int seen) {
    var all =
        List.of("queued", "started", "attempt_failed", "started", "progress 60.0 conflated 1");
    return switch (seen) {
      case 0 ->
          List.of(
              "queued",
              "started",
              "attempt_failed conflated 2",
              "started",
              "progress 60.0 conflated 1");
      case 1 -> all.subList(2, 5);
      default -> List.of();
    };
  }

  /** How the job ends, for those that follow it as lines. */
  private void end(String url, List<String> cursors) throws Exception {
    var followers =
        Stream.of("text/event-stream", "application/x-ndjson")
            .map(accept ->
                client.sendAsync(follow(url, accept, cursors.get(1)), BodyHandlers.ofString()))
            .toList();
    await(url);
    post(url, "jobs/" + id + "/complete", worker("\"result\":{\"n\":1}"));
    for (var follower : followers) {
      assertThat(frames(follower.join().body()).map(ResumeAfterKillTest::shown))
          .containsExactly("attempt_failed", "started", "progress 60.0 conflated 1", "completed");
    }
    assertThat(polled(url, cursors.getLast())).containsExactly("completed");
  }

  private HttpRequest follow(String url, String accept, String cursor) {
    return HttpRequest.newBuilder(URI.create(url + "/api/v1/jobs/" + id + "/events"))
        .header("Accept", accept)
        .header("Last-Event-ID", cursor)
        .build();
  }

  /* The followers have arrived once the server counts their connections; each has been sent what it
   * missed by then or is sent it with the end. */
  private void await(String url) throws Exception {
    assertThat(get(url + "/health").statusCode()).isEqualTo(200);
  }

  private static Stream<JsonNode> frames(String body) {
    return body.lines()
        .map(line -> line.replaceFirst("^data: ", ""))
        .filter(line -> line.startsWith("{"))
        .map(line -> JsonCodec.parse(line.getBytes(StandardCharsets.UTF_8)));
  }

  private static String shown(JsonNode event) {
    var type = event.get("type").asString();
    var percent = event.at("/data/percent");
    var conflated = event.path("conflated");
    return type
        + (type.equals("progress") ? " " + percent.asDouble() : "")
        + (conflated.isMissingNode() ? "" : " conflated " + conflated.asInt());
  }

  private List<String> polled(String url, String cursor) throws Exception {
    var answer = get(url + "/api/v1/jobs/" + id + "/events?after=" + cursor);
    var body = JsonCodec.parse(answer.body().getBytes(StandardCharsets.UTF_8));
    var future = cursor.endsWith("-99.1");
    assertThat(body.get("recovered").asBoolean()).as("%s", body).isEqualTo(!future);
    return body.get("events").valueStream().map(ResumeAfterKillTest::shown).toList();
  }

  private List<String> watched(String url, String cursor) {
    var shown = new ArrayList<String>();
    try (var watcher =
        RecordingWatcher.connectWith("headway.v1", url.replace("http", "ws") + "/api/v1/stream")) {
      watcher.send(
          "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"job:%s\",\"after\":\"%s\"}]}"
              .formatted(id, cursor));
      assertThat(watcher.awaitText("\"re\":1")).contains("\"recovered\":true");
      watcher.send("{\"op\":\"ping\",\"id\":2}");
      watcher.awaitText("\"re\":2");
      frames(String.join("\n", watcher.seen()))
          .filter(frame -> frame.has("type"))
          .map(ResumeAfterKillTest::shown)
          .forEach(shown::add);
    }
    return shown;
  }

  private void claim(String url) throws Exception {
    var wanted =
        "{\"worker_id\":\"w\",\"job_types\":[\"far\"],\"lease_seconds\":120,\"wait_seconds\":20}";
    lease = post(url, "jobs/claim", wanted).get("lease").asString();
  }

  private void report(String url, int percent) throws Exception {
    post(url, "jobs/" + id + "/progress", worker("\"progress\":" + percent));
  }

  private String worker(String fields) {
    return "{\"lease\":\"%s\",%s}".formatted(lease, fields);
  }

  private String cursor(String url) throws Exception {
    var body = get(url + "/jobs/" + id).body();
    return JsonCodec.parse(body.getBytes(StandardCharsets.UTF_8)).get("cursor").asString();
  }

  private HttpResponse<String> get(String url) throws Exception {
    return client.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.ofString());
  }

  private JsonNode post(String url, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(url + "/" + path))
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    assertThat(answer.statusCode()).as("%s: %s", path, answer.body()).isLessThan(300);
    return JsonCodec.parse(answer.body().getBytes(StandardCharsets.UTF_8));
  }
}
