package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code POST /jobs/reports}: each item is done and answered for itself. */
final class WorkerReportsTest {
  @TempDir static Path data;
  private static TestServer server;

  @BeforeAll
  static void start() throws Exception {
    server = new TestServer(data);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A job that a worker holds. */
  private record Held(String id, String lease) {
    static Held claimed(String queue) throws Exception {
      var job = "{\"job_type\":\"hash\",\"external\":true,\"queue\":\"%s\"}".formatted(queue);
      server.call("POST", "/jobs", null, job);
      var body = "{\"worker_id\":\"w\",\"queue\":\"%s\"}".formatted(queue);
      var claim = TestServer.json(server.call("POST", "/jobs/claim", null, body));
      return new Held(claim.at("/job/id").asString(), claim.get("lease").asString());
    }

    JsonNode now() throws Exception {
      return TestServer.json(server.call("GET", "/jobs/" + id, null, null));
    }

    String item(String more) {
      return "{\"lease\":\"%s\"%s}".formatted(lease, more);
    }
  }

  private static HttpResponse<String> post(List<String> items) throws Exception {
    var body = "{\"reports\":[%s]}".formatted(String.join(",", items));
    return server.call("POST", "/jobs/reports", null, body);
  }

  private static JsonNode results(String... items) throws Exception {
    var answer = post(List.of(items));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.json(answer).get("results");
  }

  @Test
  void items_ofSeveralJobs_areAnsweredEachForItself() throws Exception {
    var one = Held.claimed("several");
    var other = Held.claimed("several");
    var stolen = one.lease().substring(0, 23) + "stolen";

    var results =
        results(
            one.item(",\"progress\":40,\"message\":\"forty\""),
            "{\"lease\":\"%s\",\"progress\":99}".formatted(stolen),
            one.item(",\"progress\":150"),
            "7",
            "{\"progress\":5}",
            other.item(",\"done\":3,\"total\":4"));

    assertThat(results.findValuesAsString("ok"))
        .containsExactly("true", "false", "false", "false", "false", "true");
    assertThat(results.get(0).get("cancel_requested").asBoolean()).isFalse();
    assertThat(results.get(0).get("lease_expires_at").asString()).isNotEmpty();
    assertThat(results.findValuesAsString("code"))
        .containsExactly("LEASE_LOST", "VALIDATION_ERROR", "INVALID_INPUT", "VALIDATION_ERROR");
    assertThat(one.now().get("progress").asDouble()).isEqualTo(40);
    assertThat(other.now().get("progress").asDouble()).isEqualTo(75);
  }

  @Test
  void kinds_linesAndEnds_areDoneInOrder() throws Exception {
    var done = Held.claimed("kinds");
    var failed = Held.claimed("kinds");

    var results =
        results(
            done.item(
                ",\"kind\":\"logs\",\"lines\":[\"a\",{\"text\":\"b\",\"stream\":\"stderr\"}]"),
            done.item(",\"kind\":\"complete\",\"result\":{\"sha\":\"ab\"}"),
            done.item(",\"progress\":50"),
            failed.item(",\"kind\":\"fail\",\"error\":\"no disk\""));

    assertThat(results.findValuesAsString("ok")).containsExactly("true", "true", "false", "true");
    assertThat(results.get(2).get("code").asString()).isEqualTo("TOO_LATE");
    assertThat(done.now().at("/result_payload/sha").asString()).isEqualTo("ab");
    assertThat(failed.now().get("error_message").asString()).isEqualTo("no disk");
    var lines = server.call("GET", "/jobs/" + done.id() + "/logs", null, null).body();
    assertThat(lines).contains("\"text\":\"a\"", "\"stream\":\"stderr\"");
  }

  @Test
  void cancellation_isInTheAnswerOfItsJob() throws Exception {
    var job = Held.claimed("cancel");
    server.call("POST", "/jobs/" + job.id() + "/cancel", null, "{\"keep_partial\":true}");

    var results =
        results(job.item(",\"progress\":5"), job.item(",\"kind\":\"cancelled\",\"partial\":[1]"));

    assertThat(results.get(0).get("cancel_requested").asBoolean()).isTrue();
    assertThat(results.get(0).get("keep_partial").asBoolean()).isTrue();
    assertThat(job.now().get("status").asString()).isEqualTo("cancelled");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ,"kind":"dance"                                      | dance
          ,"prgress":5                                         | progress
          ,"progress":"half"                                   | progress
          ,"done":5,"total":4                                  | done (5)
          ,"done":5                                            | total
          ,"metadata":5                                        | metadata
          ,"kind":"logs"                                       | lines
          ,"kind":"logs","lines":[]                            | lines
          ,"kind":"logs","lines":[null]                        | text
          ,"kind":"logs","lines":[{"text":"a","stream":"X"}]   | stream
          ,"kind":"fail"                                       | error
          """)
  void item_thatIsWrong_namesWhatIs(String more, String named) throws Exception {
    var job = Held.claimed("wrong");

    var refused = results(job.item(more)).get(0);

    assertThat(refused.get("ok").asBoolean()).isFalse();
    assertThat(refused.get("message").asString()).contains(named);
    assertThat(results(job.item(",\"progress\":1")).get(0).get("ok").asBoolean()).isTrue();
  }

  @Test
  void body_ofTenThousand_isRefusedWhole() throws Exception {
    var job = Held.claimed("many");

    var answer = post(Collections.nCopies(10_000, job.item(",\"progress\":5")));
    var most = post(Collections.nCopies(1_000, job.item(",\"progress\":6")));

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("VALIDATION_ERROR", "1000");
    assertThat(TestServer.json(most).get("results")).hasSize(1_000);
    assertThat(job.now().get("progress").asDouble()).isEqualTo(6);
  }
}
