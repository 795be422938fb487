package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Odd texts from workers: the job can be read, its watchers are told, its end is stored. */
final class TextDoorTest {
  @TempDir Path data;
  private TestServer server;
  private String id;
  private String lease;

  @BeforeEach
  void start() throws Exception {
    server = new TestServer(data);
    server.call("POST", "/jobs", null, "{\"job_type\":\"out\",\"external\":true}");
    var claim = TestServer.json(server.call("POST", "/jobs/claim", null, "{\"worker_id\":\"w\"}"));
    id = claim.at("/job/id").asString();
    lease = claim.get("lease").asString();
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Tells of the job; {@code members} come after the lease. */
  private int tell(String what, String members) throws IOException, InterruptedException {
    var body = "{\"lease\":\"%s\",%s}".formatted(lease, members);
    var answer = server.call("POST", "/jobs/%s/%s".formatted(id, what), null, body);
    said = answer.body();
    return answer.statusCode();
  }

  private String said = "";

  private JsonNode job() throws IOException, InterruptedException {
    return TestServer.json(server.call("GET", "/jobs/" + id, null, null));
  }

  @Test
  void report_withHalfASurrogatePair_isKeptAndTheEndIsTold() throws Exception {
    try (var watcher = server.channel(id)) {
      assertThat(tell("progress", "\"progress\":30,\"metadata\":{\"file\":\"caf\\udce9.txt\"}"))
          .isEqualTo(200);
      assertThat(tell("complete", "\"result\":{\"file\":\"caf\\udce9.txt\"}")).isEqualTo(200);
      watcher.awaitText("\"completed\"");
    }
    assertThat(job().at("/result_payload/file").asString()).isEqualTo("caf\uFFFD.txt");
    assertThat(server.call("GET", "/jobs", null, null).statusCode()).isEqualTo(200);
  }

  @Test
  void payload_withHalfASurrogatePair_leavesTheListReadable() throws Exception {
    var body = "{\"job_type\":\"out\",\"external\":true,\"payload\":{\"name\":\"half \\ud83d\"}}";
    assertThat(server.call("POST", "/jobs", null, body).statusCode()).isEqualTo(202);
    var list = server.call("GET", "/jobs", null, null);
    assertThat(list.statusCode()).isEqualTo(200);
    assertThat(list.body()).contains("half \uFFFD");
  }

  @ParameterizedTest
  @CsvSource({"error", "details"})
  void failure_withALongText_endsTheJobWithItsBeginning(String field) throws Exception {
    var error = field.equals("error") ? "" : "\"error\":\"boom\",";
    var text = "at line ".repeat(4_000);
    assertThat(tell("fail", "%s\"%s\":\"%s\"".formatted(error, field, text))).isEqualTo(200);
    assertThat(job().get("status").asString()).isEqualTo("failed");
    if (field.equals("error")) {
      assertThat(job().get("error_message").asString()).hasSize(2_000).endsWith("…");
    }
  }

  @Test
  void failure_withoutAWord_endsTheJob() throws Exception {
    assertThat(tell("fail", "\"error\":\"\"")).isEqualTo(200);
    assertThat(job().get("status").asString()).isEqualTo("failed");
  }

  @Test
  void message_ofAReport_isCutAndHasNoDirectionMarks() throws Exception {
    assertThat(tell("progress", "\"message\":\"a\u202Eb\\u0007%s\"".formatted("c".repeat(30_000))))
        .isEqualTo(200);
    assertThat(job().get("message").asString()).hasSize(2_000).startsWith("abc").endsWith("c…");
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "`\"done\":9223372036854775808,\"total\":9223372036854775808`, done",
        "`\"progress\":1e400`, progress",
        "`\"percent\":40`, Unknown field 'percent'.",
        "`\"mesage\":\"x\"`, Did you mean 'message'?"
      })
  void report_withWhatCannotBeKept_isRefusedByName(String members, String named) throws Exception {
    assertThat(tell("progress", members)).isEqualTo(422);
    assertThat(said).contains(named);
  }

  @Test
  void log_aLineThatHoldsMany_isManyLines() throws Exception {
    assertThat(tell("logs", "\"lines\":[\"one\\ntwo\\r\\nthree\", \"\", \"four\\n\"]"))
        .isEqualTo(200);
    var lines = TestServer.json(server.call("GET", "/jobs/%s/logs".formatted(id), null, null));
    assertThat(lines.get("lines").valueStream().map(line -> line.get("text").asString()))
        .containsExactly("one", "two", "three", "", "four");
  }
}
