package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Open outputs of a job: texts that grow, beside the lines of its log. */
final class OutputsTest {
  @TempDir static Path data;
  private static TestServer server;
  private String id;
  private String lease;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void begin() throws Exception {
    var answer = server.call("POST", "/jobs", null, "{\"job_type\":\"write\",\"start\":true}");
    var job = TestServer.json(answer);
    id = job.get("id").asString();
    lease = job.get("lease").asString();
  }

  private HttpResponse<String> append(String... pieces) throws Exception {
    var body = "{\"lease\":\"%s\",\"lines\":[%s]}".formatted(lease, String.join(",", pieces));
    return server.call("POST", "/jobs/" + id + "/logs", null, body);
  }

  private static String piece(String stream, String text) {
    return "{\"stream\":\"%s\",\"text\":\"%s\"}".formatted(stream, text);
  }

  private JsonNode read(String query) throws Exception {
    return TestServer.json(server.call("GET", "/jobs/" + id + "/logs" + query, null, null));
  }

  @Test
  void pieces_ofAnOutput_areOneTextAsTheyAre() throws Exception {
    append(piece("answer", "Once "), piece("answer", "upon\\n"), piece("log", "a line"));
    append(piece("answer", "  a time 🏭"), piece("draft", "other"));

    assertThat(read("?stream=answer").get("lines").findValuesAsString("text"))
        .containsExactly("Once upon\n", "  a time 🏭");
    assertThat(read("?stream=log").get("lines").findValuesAsString("text"))
        .containsExactly("a line");
    assertThat(read("").get("last_number").asInt()).isEqualTo(4);
    assertThat(read("?stream=answer&after=1").get("lines")).hasSize(1);
    assertThat(read("?stream=nothing").get("lines")).isEmpty();
    assertThat(read("?after=2147483648").get("lines")).isEmpty();
  }

  @Test
  void pieces_areSeenByWatchersOfTheLog_underItsCursors() throws Exception {
    try (var watcher = server.stream(null)) {
      watcher
          .send(
              "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"job:%s\",\"logs\":true}]}"
                  .formatted(id))
          .awaitText("\"re\":1");
      append(piece("answer", "Once"));
      var event = TestServer.json(watcher.awaitText("\"type\":\"log\""));
      assertThat(event.at("/data/stream").asString()).isEqualTo("answer");
      assertThat(event.at("/data/text").asString()).isEqualTo("Once");
      append(piece("answer", " more"));
      watcher.awaitText(" more");

      var missed =
          server.call(
              "GET",
              "/jobs/%s/events?logs=true&after=%s".formatted(id, event.get("cursor").asString()),
              null,
              null);
      assertThat(missed.body()).contains(" more").doesNotContain("Once");
    }
  }

  @Test
  void longText_isCutIntoPiecesAndLosesNothing() throws Exception {
    append(piece("answer", "ab🏭".repeat(2_000)));

    var pieces = read("?stream=answer").get("lines").findValuesAsString("text");
    assertThat(pieces).hasSizeGreaterThan(3).allMatch(text -> text.length() <= 2_000);
    assertThat(String.join("", pieces)).isEqualTo("ab🏭".repeat(2_000));
  }

  @Test
  void emptyText_isNothing() throws Exception {
    assertThat(append(piece("answer", "")).statusCode()).isEqualTo(200);
    assertThat(read("").get("lines")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Answer",
        "9lives",
        "two words",
        "a/b",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  void name_thatCannotBeOne_isRefusedByEveryWay(String name) throws Exception {
    var refused = append(piece(name, "x"));
    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    assertThat(refused.body()).contains("lines");
    var item =
        "{\"reports\":[{\"lease\":\"%s\",\"kind\":\"logs\",\"lines\":[%s]}]}"
            .formatted(lease, piece(name, "x"));
    var batch = server.call("POST", "/jobs/reports", null, item).body();
    assertThat(batch).contains("VALIDATION_ERROR", "or name an output");
  }
}
