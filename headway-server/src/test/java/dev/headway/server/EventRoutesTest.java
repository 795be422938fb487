package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.core.topic.Cursor;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EventRoutesTest {
  @TempDir Path data;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(data);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void sse_fromTheCursorOfThe202_streamsToTheEndAndEnds() throws Exception {
    var submitted =
        TestServer.json(server.call("POST", "/jobs", null, "{\"job_type\":\"scripted\"}"));
    var cursor = submitted.get("cursor").asString();
    var body = follow(submitted.get("id").asString(), "text/event-stream", "?after=" + cursor);
    server.work.report(30, "thirty");
    server.work.finish("{}");
    assertThat(body.join())
        .startsWith(":\n\n")
        .doesNotContain("\"type\":\"snapshot\"")
        .contains("\"type\":\"queued\"", "\"type\":\"started\"")
        .containsPattern("id: [a-z0-9]+-\\d+\\.\\d+\ndata: \\{.*\"type\":\"completed\".*\\}\n\n$");
  }

  @Test
  void sse_begins_withAPauseOfItsOwnBeforeBrowsersReturn() throws Exception {
    var id = server.submit(null);
    var bodies = IntStream.range(0, 8).mapToObj(_ -> follow(id, "text/event-stream", "")).toList();
    server.work.finish("{}");

    var pauses =
        bodies.stream()
            .map(CompletableFuture::join)
            .map(body -> body.replaceFirst("(?s)^:\n\nretry: (\\d+)\n\n.*", "$1"))
            .map(Long::valueOf)
            .toList();

    assertThat(pauses).allSatisfy(pause -> assertThat(pause).isBetween(200L, 5_000L));
    assertThat(pauses.stream().distinct().count()).as("they differ").isGreaterThan(1);
  }

  @Test
  void error_forWhoAcceptsIt_isAProblemOfRfc9457() throws Exception {
    var answer = server.call("GET", "/jobs/x", null, null, "Accept", "application/problem+json");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    var body = TestServer.json(answer);
    assertThat(body.get("title").asString()).isEqualTo("Unprocessable Content");
    assertThat(body.at("/errors/0/field").asString()).isEqualTo("id");
    assertThat(server.call("GET", "/jobs/x", null, null).headers().firstValue("Content-Type"))
        .hasValue("application/json");
  }

  private CompletableFuture<String> follow(String id, String accept, String query) {
    var uri = server.server.url() + "/api/v1/jobs/" + id + "/events" + query;
    return server
        .http
        .sendAsync(
            HttpRequest.newBuilder(URI.create(uri)).header("Accept", accept).build(),
            BodyHandlers.ofString())
        .thenApply(answer -> {
          assertThat(answer.headers().firstValue("X-Accel-Buffering")).hasValue("no");
          return answer.body();
        });
  }

  @Test
  void sse_lastEventId_resumesWithoutRepetition() throws Exception {
    var id = server.submit(null);
    server.work.finish("{}");
    var all = follow(id, "text/event-stream", "").join();
    var submitted = all.lines().filter(line -> line.startsWith("id: ")).toList();
    var last = submitted.getLast().substring(4);
    var again =
        server.call(
            "GET",
            "/api/v1/jobs/" + id + "/events",
            null,
            null,
            "Accept",
            "text/event-stream",
            "Last-Event-ID",
            last);
    assertThat(again.statusCode()).isEqualTo(204);
  }

  @Test
  void ndjson_endedJob_isALineAndTheEnd() throws Exception {
    var id = server.submit(null);
    server.work.finish("{\"n\":1}");
    awaitEnd(id);
    var lines = follow(id, "application/x-ndjson", "").join().lines().filter(l -> !l.isBlank());
    assertThat(lines).singleElement().asString().contains("\"status\":\"completed\"", "\"n\":1");
  }

  @Test
  void anything_asCurlAsks_isAStreamOfLinesUntilTheEnd() throws Exception {
    var id = server.submit(null);
    server.work.report(10, "ten");
    var lines = follow(id, "*/*", "");
    server.work.finish("{\"n\":1}");
    var last = lines.join().lines().filter(line -> !line.isBlank()).toList().getLast();
    assertThat(TestServer.json(last).findPath("status").asString()).isEqualTo("completed");
  }

  @Test
  void anything_withAWait_isALongPoll() throws Exception {
    var id = server.submit(null);
    var path = "/api/v1/jobs/" + id + "/events?wait=0";
    var answer = server.call("GET", path, null, null, "Accept", "*/*");
    assertThat(TestServer.json(answer).path("cursor").asString()).isNotEmpty();
    server.work.finish("{}");
  }

  private void awaitEnd(String id) throws Exception {
    var end =
        server.call(
            "GET", "/api/v1/jobs/" + id + "/events", null, null, "Accept", "application/x-ndjson");
    assertThat(end.body()).contains("completed");
  }

  @Test
  void longPoll_nothingNew_waitsForTheNextEvent() throws Exception {
    var id = server.submit(null);
    server.work.report(10, "ten");
    var state = TestServer.json(server.call("GET", "/api/v1/jobs/" + id + "/events", null, null));
    assertThat(state.at("/snapshot/status").asString()).isEqualTo("in_progress");
    var path = "/api/v1/jobs/" + id + "/events?wait=20&after=" + state.get("cursor").asString();
    var uri = URI.create(server.server.url() + path);
    var answer =
        server.http.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    server.work.finish("{}");
    var body = TestServer.json(answer.join());
    assertThat(body.get("recovered").asBoolean()).isTrue();
    assertThat(body.get("events")).isNotEmpty();
    assertThat(answer.join().headers().firstValue("ETag"))
        .hasValue("\"" + body.get("cursor").asString() + "\"");
  }

  private String cursor(String path) throws Exception {
    return TestServer.json(server.call("GET", path, null, null)).get("cursor").asString();
  }

  @Test
  void cursors_ofAnotherInstallationCutForgedOrFromTheFuture_areAnsweredWithTheState()
      throws Exception {
    var id = server.submit(null);
    server.work.report(10, "ten");
    var path = "/api/v1/jobs/" + id + "/events";
    await().until(() -> cursor(path).contains("."));
    var known = cursor(path);
    var life = known.substring(0, known.indexOf('-'));

    for (var after :
        List.of(
            "k3f9a2-2.1",
            life,
            known.substring(0, life.length() + 1),
            life + "-1000",
            life + "-2.999999",
            life + "-2.1.7",
            life + "-99999999999999999999999",
            "%00",
            "x".repeat(500))) {
      var answer = server.call("GET", path + "?wait=20&after=" + after, null, null);
      assertThat(answer.statusCode()).as(after).isEqualTo(200);
      var body = TestServer.json(answer);
      assertThat(body.get("recovered").asBoolean()).as(after).isFalse();
      assertThat(body.get("cursor").asString()).as(after).isEqualTo(known);
      assertThat(body.at("/snapshot/percent").asDouble()).as(after).isEqualTo(10);
    }
    server.work.finish("{}");
  }

  @Test
  void longPoll_moreHappensThanTheLogHolds_neverHasAHole() throws Exception {
    var id = server.submit(null);
    server.work.report(10, "ten");
    var events = "/api/v1/jobs/" + id + "/events";
    await().until(() -> cursor(events).contains(".")); // the report is there
    var after = Cursor.parse(cursor(events)).orElseThrow();
    var path = events + "?logs=true&wait=20&after=" + after;
    var uri = URI.create(server.server.url() + path);
    var answer =
        server.http.sendAsync(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    await().until(() -> answer.isDone() || !server.server.hub().watched("job").isEmpty());

    server.server.jobs().log(UUID.fromString(id), "log", Collections.nCopies(3_000, "x"));

    var body = TestServer.json(answer.join());
    assertThat(body.get("recovered").asBoolean()).isTrue();
    assertThat(body.at("/events/0/cursor").asString())
        .isEqualTo(new Cursor(after.life(), after.position().withLine(1)).toString());
    server.work.finish("{}");
  }

  @Test
  void longPoll_etagOfTheHead_isNotModified() throws Exception {
    var id = server.submit(null);
    server.work.finish("{}");
    awaitEnd(id);
    var path = "/api/v1/jobs/" + id + "/events";
    var first = server.call("GET", path, null, null);
    var etag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(server.call("GET", path, null, null, "If-None-Match", etag).statusCode())
        .isEqualTo(304);
  }

  @Test
  void events_unknownTopic_isNotFound() throws Exception {
    var path = "/api/v1/topics/job:00000000-0000-7000-8000-000000000000/events";
    assertThat(server.call("GET", path, null, null).statusCode()).isEqualTo(404);
  }

  @Test
  void events_ofAnotherMediaType_areNotAcceptable() throws Exception {
    var id = server.submit(null);
    server.work.finish("{}");
    var answer =
        server.call("GET", "/api/v1/jobs/" + id + "/events", null, null, "Accept", "image/png");
    assertThat(answer.statusCode()).isEqualTo(406);
  }
}
