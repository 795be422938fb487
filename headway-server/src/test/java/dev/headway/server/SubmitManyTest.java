package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Many jobs in one request, planned jobs, and requests that are sent again. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SubmitManyTest {
  private static final String JOB = "{\"job_type\":\"hash\",\"external\":true,\"queue\":\"%s\"%s}";
  private TestServer server;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    server = new TestServer(data);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private HttpResponse<String> batch(String jobs, String... headers) throws Exception {
    return server.call("POST", "/jobs/batch", null, "{\"jobs\":[%s]}".formatted(jobs), headers);
  }

  private static JsonNode accepted(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return TestServer.json(answer);
  }

  private long total(String queue) throws Exception {
    var page = server.call("GET", "/jobs?queue=" + queue, null, null);
    return TestServer.json(page).get("total").asLong();
  }

  private JsonNode claim(String queue) throws Exception {
    var body = "{\"worker_id\":\"w\",\"queue\":\"%s\"}".formatted(queue);
    return TestServer.json(server.call("POST", "/jobs/claim", null, body));
  }

  @Test
  void batch_ofAThousand_areClaimedInTheirOrder() throws Exception {
    var jobs =
        IntStream.range(0, 1_000)
            .mapToObj(at -> JOB.formatted("many", ",\"payload\":{\"at\":%d}".formatted(at)))
            .collect(Collectors.joining(","));

    var answer = accepted(batch(jobs));

    assertThat(answer.get("jobs")).hasSize(1_000);
    assertThat(StreamSupport.stream(answer.get("jobs").spliterator(), false))
        .allSatisfy(job -> {
          assertThat(job.get("cursor").asString()).isNotEmpty();
          assertThat(job.at("/watch/stream").asString()).startsWith("job:");
        });
    assertThat(total("many")).isEqualTo(1_000);
    for (var at = 0; at < 3; at++) {
      assertThat(claim("many").at("/job/payload/at").asInt()).isEqualTo(at);
    }
  }

  @Test
  void batch_watchedFromItsCursor_missesNothing() throws Exception {
    var job = accepted(batch(JOB.formatted("watched", ""))).at("/jobs/0");

    var events =
        server.call(
            "GET",
            "/api/v1/jobs/%s/events?after=%s"
                .formatted(job.get("id").asString(), job.get("cursor").asString()),
            null,
            null,
            "Accept",
            "application/json");
    assertThat(events.body()).contains("\"type\":\"queued\"");
  }

  @Test
  void batch_withWrongEntries_namesAllByIndexAndFieldAndStoresNone() throws Exception {
    var good = JOB.formatted("none", "");
    var answer =
        batch(
            String.join(
                ",",
                good,
                JOB.formatted("none", ",\"priority\":900,\"lease_seconds\":9"),
                "{\"job_type\":\"hash\",\"queue\":\"none\"}",
                "{\"external\":true,\"prority\":1,\"callback_url\":\"http://user@127.0.0.1/\"}",
                good));

    assertThat(answer.statusCode()).isEqualTo(422);
    var fields =
        StreamSupport.stream(TestServer.json(answer).get("errors").spliterator(), false)
            .map(error -> error.get("field").asString())
            .toList();
    assertThat(fields)
        .containsExactlyInAnyOrder(
            "jobs[1].priority",
            "jobs[1].lease_seconds",
            "jobs[2].job_type",
            "jobs[3].job_type",
            "jobs[3].prority",
            "jobs[3].callback_url");
    assertThat(total("none")).isZero();
  }

  @Test
  void batch_ofNoneOrTooMany_isRefusedByName() throws Exception {
    var tooMany =
        IntStream.range(0, 1_001)
            .mapToObj(_ -> JOB.formatted("none", ""))
            .collect(Collectors.joining(","));

    assertThat(batch("").body()).contains("jobs must have at least 1 entries");
    assertThat(batch(tooMany).body()).contains("jobs must have at most 1000 entries");
    assertThat(server.call("POST", "/jobs/batch", null, "[]").statusCode()).isEqualTo(400);
  }

  @Test
  void batch_oneUnderTheKeyOfAnotherRequest_is409AndStoresNone() throws Exception {
    var keyed = ",\"idempotency_key\":\"taken\",\"payload\":{\"a\":%d}";
    accepted(batch(JOB.formatted("first", keyed.formatted(1))));

    var answer =
        batch(JOB.formatted("second", "") + "," + JOB.formatted("second", keyed.formatted(2)));

    assertThat(answer.statusCode()).isEqualTo(409);
    assertThat(answer.body()).contains("taken");
    assertThat(total("second")).isZero();
  }

  @Test
  void batch_sentAgainWithItsKey_makesNothingNew() throws Exception {
    var jobs = JOB.formatted("again", "") + "," + JOB.formatted("again", "");

    var first = accepted(batch(jobs, "Idempotency-Key", "\"batch-7\""));
    var second = accepted(batch(jobs, "Idempotency-Key", "batch-7"));

    assertThat(second.at("/jobs/1/id")).isEqualTo(first.at("/jobs/1/id"));
    assertThat(total("again")).isEqualTo(2);
  }

  @Test
  void batch_started_givesALeaseForEach() throws Exception {
    var answer =
        accepted(batch("{\"job_type\":\"a\",\"start\":true},{\"job_type\":\"b\",\"start\":true}"));

    assertThat(answer.at("/jobs/0/lease").asString())
        .isNotEqualTo(answer.at("/jobs/1/lease").asString());
    assertThat(answer.at("/jobs/1/status").asString()).isEqualTo("in_progress");
  }

  private HttpResponse<String> submit(String more, String... headers) throws Exception {
    return server.call("POST", "/jobs", null, JOB.formatted("one", more), headers);
  }

  @Test
  void submit_sentAgainWithTheHeader_isTheSameJob() throws Exception {
    var first = accepted(submit("", "Idempotency-Key", "\"k-1\""));
    var again = accepted(submit("", "Idempotency-Key", "k-1"));
    var other = accepted(submit("", "Idempotency-Key", "k-2"));

    assertThat(again.get("id")).isEqualTo(first.get("id"));
    assertThat(other.get("id")).isNotEqualTo(first.get("id"));
    var conflict = submit(",\"payload\":{\"a\":1}", "Idempotency-Key", "k-1");
    assertThat(conflict.statusCode()).isEqualTo(409);
  }

  @Test
  void submit_twoKeysThatDiffer_areRefusedByName() throws Exception {
    var answer = submit(",\"idempotency_key\":\"a\"", "Idempotency-Key", "b");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("\"field\":\"idempotency_key\"", "Idempotency-Key (b)");
    assertThat(submit("", "Idempotency-Key", "k".repeat(201)).statusCode()).isEqualTo(422);
  }

  @Test
  void retry_sentAgainWithTheHeader_isTheSameJob() throws Exception {
    var id = accepted(submit("")).get("id").asString();
    server.call("POST", "/jobs/%s/cancel".formatted(id), null, "{}");

    var path = "/jobs/%s/retry".formatted(id);
    var first = accepted(server.call("POST", path, null, null, "Idempotency-Key", "retry-1"));
    var again = accepted(server.call("POST", path, null, null, "Idempotency-Key", "retry-1"));

    assertThat(again.get("id")).isEqualTo(first.get("id"));
    assertThat(first.get("retry_of").asString()).isEqualTo(id);
  }

  @Test
  void runAt_inTheFuture_isShownAndNotClaimed() throws Exception {
    var moment = Instant.now().plusSeconds(86_400).toString();
    var job = accepted(batch(JOB.formatted("planned", ",\"run_at\":\"%s\"".formatted(moment))));

    assertThat(Instant.parse(job.at("/jobs/0/run_at").asString()))
        .isCloseTo(
            Instant.parse(moment), org.assertj.core.api.Assertions.within(1, ChronoUnit.MILLIS));
    var body = "{\"worker_id\":\"w\",\"queue\":\"planned\"}";
    assertThat(server.call("POST", "/jobs/claim", null, body).statusCode()).isEqualTo(204);
  }

  @Test
  void runAt_inThePast_isAtOnce() throws Exception {
    var past = ",\"run_at\":\"2001-01-01T00:00:00+02:00\"";
    var job = accepted(batch(JOB.formatted("past", past))).at("/jobs/0");

    assertThat(job.get("run_at").isNull()).isTrue();
    assertThat(claim("past").at("/job/id")).isEqualTo(job.get("id"));
  }

  @Test
  void runAt_inTheYear9999_isRefusedByName() throws Exception {
    var answer = submit(",\"run_at\":\"9999-12-31T23:59:59Z\"");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("\"field\":\"run_at\"", "within ten years");
    assertThat(submit(",\"run_at\":\"tomorrow\"").body()).contains("run_at (\\\"tomorrow\\\")");
    assertThat(submit(",\"run_at\":\"2030-01-01T00:00:00Z\",\"start\":true").body())
        .contains("contradicts start");
  }
}
