package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.testkit.Patience;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

final class WorkerRoutesTest {
  private static final String EXTERNAL = "{\"job_type\":\"hash\",\"external\":true%s}";
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

  private JsonNode submit(String more) throws Exception {
    var answer = server.call("POST", "/jobs", null, EXTERNAL.formatted(more));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return TestServer.json(answer);
  }

  private HttpResponse<String> claim(String more) throws Exception {
    return server.call("POST", "/jobs/claim", null, "{\"worker_id\":\"w1\"%s}".formatted(more));
  }

  private HttpResponse<String> post(String id, String verb, String body) throws Exception {
    return server.call("POST", "/api/v1/jobs/" + id + "/" + verb, null, body);
  }

  @Test
  void claim_reportComplete_isSeenByWatchers() throws Exception {
    var id = submit(",\"steps\":[\"read\",\"write\"]").get("id").asString();
    var claimed = TestServer.json(claim(",\"job_types\":[\"hash\"]"));
    assertThat(claimed.at("/job/id").asString()).isEqualTo(id);
    var lease = claimed.get("lease").asString();
    try (var watcher = server.channel(id)) {
      var reply =
          post(
              id,
              "progress",
              "{\"lease\":\"%s\",\"done\":3,\"total\":4,\"stage\":\"read\",\"message\":\"3 of 4\",\"metadata\":{\"mb\":12}}"
                  .formatted(lease));
      assertThat(reply.body()).contains("\"cancel_requested\":false", "lease_expires_at");
      var frame = TestServer.json(watcher.awaitText("3 of 4"));
      assertThat(frame.get("progress").asDouble()).as("3 of 4 in the first of two").isEqualTo(37.5);
      assertThat(frame.at("/metadata/stage").asString()).isEqualTo("read");
      assertThat(frame.at("/metadata/mb").asInt()).isEqualTo(12);
      var done =
          post(id, "complete", "{\"lease\":\"%s\",\"result\":{\"sha\":\"ab\"}}".formatted(lease));
      assertThat(done.statusCode()).isEqualTo(200);
      watcher.awaitText("\"sha\":\"ab\"");
    }
    var late = post(id, "progress", "{\"lease\":\"%s\",\"progress\":99}".formatted(lease));
    assertThat(late.statusCode()).as("a report after the end").isEqualTo(409);
    assertThat(late.body()).contains("TOO_LATE");
  }

  @Test
  void claim_whoseConnectionEndsWhileItWaits_takesNoJob() throws Exception {
    try (var gone = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
      gone.setSoTimeout((int) Patience.LONG.toMillis());
      var body = "{\"worker_id\":\"gone\",\"wait_seconds\":30}";
      var head =
          "POST /jobs/claim HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";
      var request = head + "Content-Length: %d\r\n\r\n%s".formatted(body.length(), body);
      gone.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      gone.shutdownOutput();
      assertThat(gone.getInputStream().read()).as("the server has closed, too").isEqualTo(-1);
    }
    var id = submit("").get("id").asString();
    var claimed = claim("");
    assertThat(claimed.statusCode()).isEqualTo(200);
    assertThat(TestServer.json(claimed).at("/job/id").asString()).isEqualTo(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"lease":"L","progress":150}         | progress
          {"lease":"L","progress":-1}          | progress
          {"lease":"L","done":5,"total":4}     | done
          {"lease":"L","done":5}               | total
          {"lease":"L","progress":"half"}      | progress
          {"progress":5}                       | lease
          """)
  void report_withWrongValues_namesTheField(String body, String field) throws Exception {
    var id = submit("").get("id").asString();
    var lease = TestServer.json(claim("")).get("lease").asString();
    var answer = post(id, "progress", body.replace("\"L\"", "\"" + lease + "\""));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(answer.body()).contains("VALIDATION_ERROR", "\"field\"", field);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",\"metadata\":null", ",\"metadata\":{}"})
  void report_withoutMetadata_isSeenByWatchers(String metadata) throws Exception {
    var id = submit("").get("id").asString();
    var lease = TestServer.json(claim("")).get("lease").asString();
    try (var watcher = server.channel(id)) {
      var body =
          "{\"lease\":\"%s\",\"progress\":40,\"message\":\"forty\"%s}".formatted(lease, metadata);
      assertThat(post(id, "progress", body).statusCode()).isEqualTo(200);
      assertThat(TestServer.json(watcher.awaitText("forty")).get("progress").asInt()).isEqualTo(40);
    }
  }

  @Test
  void report_withNaN_isMalformedJson() throws Exception {
    var id = submit("").get("id").asString();
    var answer = post(id, "progress", "{\"lease\":\"x\",\"progress\":NaN}");
    assertThat(answer.statusCode()).isEqualTo(400);
  }

  @Test
  void report_withAMegabyteOfMetadata_isTooLarge() throws Exception {
    var id = submit("").get("id").asString();
    var lease = TestServer.json(claim("")).get("lease").asString();
    var body =
        "{\"lease\":\"%s\",\"metadata\":{\"x\":\"%s\"}}".formatted(lease, "y".repeat(1_000_000));
    assertThat(post(id, "progress", body).statusCode()).isEqualTo(413);
    var still = post(id, "complete", "{\"lease\":\"%s\",\"result\":null}".formatted(lease));
    assertThat(still.statusCode()).isEqualTo(200);
  }

  @Test
  void report_underAnotherLease_isRefused() throws Exception {
    var id = submit("").get("id").asString();
    claim("");
    var answer = post(id, "progress", "{\"lease\":\"stolen\",\"progress\":5}");
    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("LEASE_LOST");
  }

  @Test
  void claim_byManyWorkersAtOnce_givesEachJobOnce() throws Exception {
    for (var at = 0; at < 20; at++) {
      submit("");
    }
    var claims = new ArrayList<CompletableFuture<String>>();
    for (var at = 0; at < 40; at++) {
      claims.add(
          CompletableFuture.supplyAsync(
              () -> {
                try {
                  var answer = claim("");
                  return answer.statusCode() == 204
                      ? ""
                      : TestServer.json(answer).at("/job/id").asString();
                } catch (Exception failure) {
                  throw new IllegalStateException(failure);
                }
              },
              Thread::startVirtualThread));
    }
    var ids = claims.stream().map(CompletableFuture::join).filter(id -> !id.isEmpty()).toList();
    assertThat(ids).hasSize(20).doesNotHaveDuplicates();
  }

  @Test
  void claim_prefersPriorityThenAge_withinTheQueue() throws Exception {
    submit(",\"queue\":\"gpu\",\"priority\":1");
    var urgent = submit(",\"queue\":\"gpu\",\"priority\":9").get("id").asString();
    submit("");
    var claimed = TestServer.json(claim(",\"queue\":\"gpu\""));
    assertThat(claimed.at("/job/id").asString()).isEqualTo(urgent);
    assertThat(claim(",\"queue\":\"none\"").statusCode()).isEqualTo(204);
  }

  @Test
  void claim_waiting_isAnsweredWhenAJobComes() throws Exception {
    var waiting =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return claim(",\"wait_seconds\":20").statusCode();
              } catch (Exception failure) {
                throw new IllegalStateException(failure);
              }
            },
            Thread::startVirtualThread);
    submit("");
    assertThat(waiting.join()).isEqualTo(200);
  }

  @Test
  void cancel_ofAClaimedJob_reachesTheWorkerInItsNextReply() throws Exception {
    var id = submit("").get("id").asString();
    var lease = TestServer.json(claim("")).get("lease").asString();
    assertThat(server.call("POST", "/jobs/" + id + "/cancel", null, null).statusCode())
        .isEqualTo(202);
    assertThat(post(id, "progress", "{\"lease\":\"%s\",\"progress\":5}".formatted(lease)).body())
        .contains("\"cancel_requested\":true");
    var stopped = post(id, "cancelled", "{\"lease\":\"%s\"}".formatted(lease));
    assertThat(TestServer.json(stopped).get("status").asString()).isEqualTo("cancelled");
    assertThat(server.call("POST", "/jobs/" + id + "/cancel", null, null).statusCode())
        .isEqualTo(409);
  }

  @Test
  void claim_ofAWorkerThatGivesNoSignOfLife_leavesTheJobToTheNext() throws Exception {
    var id = submit("").get("id").asString();
    var vanished = TestServer.json(claim(",\"lease_seconds\":1"));

    var healthy = TestServer.json(claim(",\"wait_seconds\":20"));

    assertThat(vanished.at("/job/max_attempts").asInt()).isEqualTo(1);
    assertThat(healthy.at("/job/id").asString()).isEqualTo(id);
  }

  @Test
  void complete_afterALostLeaseButBeforeAnotherAttempt_isAccepted() throws Exception {
    var id = submit(",\"max_attempts\":2").get("id").asString();
    var lease = TestServer.json(claim(",\"lease_seconds\":1")).get("lease").asString();
    await()
        .until(() ->
            TestServer.json(server.call("GET", "/jobs/" + id, null, null))
                .get("status")
                .asString()
                .equals("queued"));

    var done = post(id, "complete", "{\"lease\":\"%s\",\"result\":1}".formatted(lease));
    var again = post(id, "complete", "{\"lease\":\"%s\",\"result\":1}".formatted(lease));

    assertThat(TestServer.json(done).get("status").asString()).isEqualTo("completed");
    assertThat(again.statusCode()).isEqualTo(200);
  }

  @Test
  void fail_retryable_becomesANewAttemptThenFails() throws Exception {
    var id = submit(",\"max_attempts\":2").get("id").asString();
    for (var attempt = 1; attempt <= 2; attempt++) {
      var claimed = TestServer.json(claim(",\"wait_seconds\":20"));
      assertThat(claimed.at("/job/attempt").asInt()).isEqualTo(attempt);
      var lease = claimed.get("lease").asString();
      post(
          id,
          "fail",
          "{\"lease\":\"%s\",\"error\":\"no disk\",\"retryable\":true}".formatted(lease));
    }
    var job = TestServer.json(server.call("GET", "/jobs/" + id, null, null));
    assertThat(job.get("status").asString()).isEqualTo("failed");
    assertThat(job.get("error_message").asString()).isEqualTo("no disk");
  }

  @Test
  void submit_sameIdempotencyKey_givesTheSameJobOr409() throws Exception {
    var first = submit(",\"idempotency_key\":\"k\",\"payload\":{\"a\":1}");
    var again = submit(",\"idempotency_key\":\"k\",\"payload\":{\"a\":1}");
    assertThat(again.get("id")).isEqualTo(first.get("id"));
    var other =
        server.call(
            "POST",
            "/jobs",
            null,
            EXTERNAL.formatted(",\"idempotency_key\":\"k\",\"payload\":{\"a\":2}"));
    assertThat(other.statusCode()).isEqualTo(409);
    assertThat(other.body()).contains("CONFLICT");
  }

  @Test
  void log_withControlCharacters_isKeptPrintable() throws Exception {
    var id = submit("").get("id").asString();
    var lease = TestServer.json(claim("")).get("lease").asString();
    post(
        id,
        "logs",
        "{\"lease\":\"%s\",\"lines\":[\"one\",{\"text\":\"t\\u0000wo\\u001b[1m!\",\"stream\":\"stderr\"}]}"
            .formatted(lease));
    var lines = TestServer.json(server.call("GET", "/jobs/" + id + "/logs", null, null));
    assertThat(lines.at("/lines/0/text").asString()).isEqualTo("one");
    assertThat(lines.at("/lines/1/text").asString()).isEqualTo("two!");
    assertThat(lines.at("/lines/1/stream").asString()).isEqualTo("stderr");
    assertThat(lines.get("last_number").asInt()).isEqualTo(2);
  }

  @Test
  void retry_ofAnEndedJob_isANewJob() throws Exception {
    var id = submit(",\"payload\":{\"a\":1}").get("id").asString();
    assertThat(server.call("POST", "/jobs/" + id + "/retry", null, null).statusCode())
        .isEqualTo(409);
    server.call("POST", "/jobs/" + id + "/cancel", null, null);
    var again = TestServer.json(server.call("POST", "/jobs/" + id + "/retry", null, null));
    assertThat(again.get("retry_of").asString()).isEqualTo(id);
    assertThat(again.at("/payload/a").asInt()).isEqualTo(1);
  }

  @Test
  void list_filtersAndPages() throws Exception {
    for (var at = 0; at < 5; at++) {
      submit("");
    }
    claim("");
    var page =
        TestServer.json(server.call("GET", "/jobs?status=queued&limit=3&page=2", null, null));
    assertThat(page.get("total").asInt()).isEqualTo(4);
    assertThat(page.get("jobs")).hasSize(1);
    var wrong = server.call("GET", "/jobs?status=asleep", null, null);
    assertThat(wrong.statusCode()).isEqualTo(422);
  }

  @Test
  void children_ofAParent_moveItsBarAndFollowItsCancellation() throws Exception {
    var parent = submit(",\"queue\":\"parents\"").get("id").asString();
    claim(",\"queue\":\"parents\"");
    try (var watcher = server.channel(parent)) {
      watcher.awaitText(parent);
      var heavy = ",\"parent_id\":\"%s\",\"weight\":3".formatted(parent);
      submit(heavy);
      var lease = TestServer.json(claim(""));
      var child = lease.at("/job/id").asString();
      post(
          child,
          "progress",
          "{\"lease\":\"%s\",\"progress\":50}".formatted(lease.get("lease").asString()));
      watcher.awaitText("\"progress\":50.0");
      // A child that is added late would pull the mean down to 37.5: the bar stays.
      var late =
          submit(",\"parent_id\":\"%s\",\"weight\":1".formatted(parent)).get("id").asString();
      post(child, "complete", "{\"lease\":\"%s\"}".formatted(lease.get("lease").asString()));
      watcher.awaitText("\"progress\":75.0");
      assertThat(watcher.seen()).noneMatch(frame -> frame.contains("\"progress\":37.5"));
      server.call("POST", "/jobs/" + parent + "/cancel", null, null);
      try (var lateWatcher = server.channel(late)) {
        lateWatcher.awaitText("\"status\":\"cancelled\"");
      }
    }
  }

  @Test
  void submit_childOfAnUnknownParent_namesTheField() throws Exception {
    var answer =
        server.call(
            "POST",
            "/jobs",
            null,
            EXTERNAL.formatted(",\"parent_id\":\"00000000-0000-7000-8000-000000000000\""));
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("parent_id");
  }

  @Test
  void claim_byAUserWithoutTheRole_isForbiddenWhereAnonymousClientsAreNotServed(@TempDir Path other)
      throws Exception {
    try (var closed = new TestServer(other, TestServer::closedToAnonymous)) {
      var token = closed.signIn("ada@example.org");
      var answer = closed.call("POST", "/jobs/claim", token, "{\"worker_id\":\"w\"}");
      assertThat(answer.statusCode()).isEqualTo(403);
    }
  }

  @Test
  void claim_byAUserWithoutTheRole_takesWhatAnAnonymousClientMay() throws Exception {
    var ada = server.signIn("ada@example.org");
    var owned =
        server.call("POST", "/jobs", server.signIn("bob@example.org"), EXTERNAL.formatted(""));
    assertThat(owned.statusCode()).isEqualTo(202);
    var body = "{\"worker_id\":\"w\"}";

    assertThat(server.call("POST", "/jobs/claim", ada, body).statusCode()).isEqualTo(204);

    server.call("POST", "/jobs", null, EXTERNAL.formatted(""));
    assertThat(server.call("POST", "/jobs/claim", ada, body).statusCode()).isEqualTo(200);
  }

  @Test
  void claim_withAWorkersKey_takesOwnedJobsOfItsQueuesOnly() throws Exception {
    var token = server.signIn("ada@example.org");
    server.call("POST", "/jobs", token, EXTERNAL.formatted(",\"queue\":\"gpu\""));
    var made =
        TestServer.json(
            server.call(
                "POST",
                "/api/v1/api-keys",
                token,
                "{\"name\":\"w\",\"role\":\"worker\",\"queues\":[\"gpu\"]}"));
    var key = made.get("key").asString();
    var claimed =
        server.call("POST", "/jobs/claim", key, "{\"worker_id\":\"w\",\"queue\":\"gpu\"}");
    assertThat(claimed.statusCode()).as(claimed.body()).isEqualTo(200);
    assertThat(server.call("POST", "/jobs/claim", key, "{\"worker_id\":\"w\"}").statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"state=completed", "nobody=1", "status=", "status=completed,", "after=x"})
  void list_unknownFilterOrState_isRefusedByName(String query) throws Exception {
    var answer = server.call("GET", "/jobs?" + query, null, null);

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(TestServer.json(answer).at("/errors/0/field").asString())
        .isEqualTo(query.substring(0, query.indexOf('=')));
  }

  @Test
  void list_byQueueParentTagAndStateInAnyCase_isThoseJobsAlone() throws Exception {
    var parent = submit("").get("id").asString();
    var tags = ",\"tags\":[\"nightly\",\"nightly\",\"customer 7\"]";
    var child = submit(",\"queue\":\"gpu\",\"parent_id\":\"%s\"".formatted(parent) + tags);
    assertThat(child.get("tags").toString()).isEqualTo("[\"nightly\",\"customer 7\"]");

    for (var query :
        List.of(
            "queue=gpu",
            "parent_id=" + parent,
            "queue=gpu&status=QUEUED",
            "tag=nightly",
            "tag=customer%207")) {
      var page = TestServer.json(server.call("GET", "/jobs?" + query, null, null));
      assertThat(page.get("total").asInt()).isEqualTo(1);
      assertThat(page.at("/jobs/0/id")).isEqualTo(child.get("id"));
    }
  }

  @Test
  void list_afterTheNextOfEachPage_hasEveryJobOnceWhileOthersCome() throws Exception {
    var expected = new ArrayList<String>();
    for (var job = 0; job < 5; job++) {
      expected.addFirst(submit("").get("id").asString());
    }
    var seen = new ArrayList<String>();
    var query = "limit=2";
    while (!query.isEmpty()) {
      var page = TestServer.json(server.call("GET", "/jobs?" + query, null, null));
      page.get("jobs").forEach(job -> seen.add(job.get("id").asString()));
      submit("");
      var next = page.path("next").asString("");
      query = next.isEmpty() ? "" : "limit=2&after=" + next;
    }

    assertThat(seen).isEqualTo(expected);
  }
}
