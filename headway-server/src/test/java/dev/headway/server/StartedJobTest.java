package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Jobs that their submitter does: no claim, no queue, no role. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class StartedJobTest {
  private TestServer server;
  private String ada;
  private String bob;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    server = new TestServer(data, TestServer::closedToAnonymous);
    ada = server.signIn("ada@example.org");
    bob = server.signIn("bob@example.org");
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private JsonNode started(String more) throws Exception {
    var body = "{\"job_type\":\"import\",\"start\":true%s}".formatted(more);
    var answer = server.call("POST", "/jobs", ada, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return TestServer.json(answer);
  }

  private HttpResponse<String> post(JsonNode job, String verb, String token, String more)
      throws Exception {
    var path = "/api/v1/jobs/%s/%s".formatted(job.get("id").asString(), verb);
    var lease = job.get("lease").asString();
    return server.call("POST", path, token, "{\"lease\":\"%s\"%s}".formatted(lease, more));
  }

  @Test
  void start_withoutARole_reportsLogsAndCompletes() throws Exception {
    var job = started(",\"name\":\"Nightly import\",\"lease_seconds\":60");
    assertThat(job.get("status").asString()).isEqualTo("in_progress");
    assertThat(job.get("lease_expires_at").asString()).isNotEmpty();

    var report = post(job, "progress", ada, ",\"done\":1,\"total\":4");
    assertThat(report.statusCode()).as(report.body()).isEqualTo(200);
    assertThat(post(job, "logs", ada, ",\"lines\":[\"a\"]").statusCode()).isEqualTo(200);
    var done = post(job, "complete", ada, ",\"result\":{\"rows\":4}");
    assertThat(done.statusCode()).as(done.body()).isEqualTo(200);
    assertThat(TestServer.json(done).get("status").asString()).isEqualTo("completed");
    assertThat(done.body()).as("who watches is shown no lease").doesNotContain("\"lease\"");
  }

  @Test
  void start_failAndCancelled_needNoRoleEither() throws Exception {
    var failing = started("");
    assertThat(post(failing, "fail", ada, ",\"error\":\"no\"").statusCode()).isEqualTo(200);

    var stopping = started("");
    var cancel = "/api/v1/jobs/%s/cancel".formatted(stopping.get("id").asString());
    server.call("POST", cancel, ada, "{}");
    var told = TestServer.json(post(stopping, "progress", ada, ",\"progress\":5"));
    assertThat(told.get("cancel_requested").asBoolean()).isTrue();
    assertThat(post(stopping, "cancelled", ada, "").statusCode()).isEqualTo(200);
  }

  @Test
  void start_somebodyElse_findsNoJobEvenWithTheLease() throws Exception {
    var job = started("");

    assertThat(post(job, "progress", bob, ",\"progress\":5").statusCode()).isEqualTo(404);
    assertThat(post(job, "complete", bob, "").statusCode()).isEqualTo(404);
    assertThat(post(job, "logs", bob, ",\"lines\":[\"a\"]").statusCode()).isEqualTo(404);
  }

  @Test
  void claim_withoutARole_isStillRefused() throws Exception {
    var answer = server.call("POST", "/jobs/claim", ada, "{\"worker_id\":\"w\"}");

    assertThat(answer.statusCode()).isEqualTo(403);
  }

  @Test
  void start_repeatedWithItsIdempotencyKey_givesTheSameLease() throws Exception {
    var first = started(",\"idempotency_key\":\"k\"");
    var second = started(",\"idempotency_key\":\"k\"");

    assertThat(second.get("id")).isEqualTo(first.get("id"));
    assertThat(second.get("lease")).isEqualTo(first.get("lease"));
  }

  @ParameterizedTest
  @CsvSource({
    "'\"start\":true,\"external\":false', external",
    "'\"lease_seconds\":60,\"external\":true', lease_seconds",
    "'\"start\":true,\"lease_seconds\":0', lease_seconds",
    "'\"start\":1', start",
  })
  void start_thatContradictsItself_namesTheField(String members, String field) throws Exception {
    var body = "{\"job_type\":\"import\",%s}".formatted(members);
    var answer = server.call("POST", "/jobs", ada, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(answer.body()).contains("\"field\":\"%s\"".formatted(field));
  }
}
