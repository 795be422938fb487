package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Role;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Queues by REST: paused, limited in their rate, keys, and the places of waiting jobs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class QueueRoutesTest {
  private TestServer server;
  private String admin;

  @BeforeAll
  void start(@TempDir Path data) throws Exception {
    server = new TestServer(data);
    admin = server.signIn("root@example.org", Role.ADMIN);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private JsonNode submit(String queue, String more) throws Exception {
    var body =
        "{\"job_type\":\"hash\",\"external\":true,\"queue\":\"%s\"%s}".formatted(queue, more);
    var answer = server.call("POST", "/jobs", null, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    return TestServer.json(answer);
  }

  private HttpResponse<String> claim(String queue, int wait) throws Exception {
    var body = "{\"worker_id\":\"w\",\"queue\":\"%s\",\"wait_seconds\":%d}".formatted(queue, wait);
    return server.call("POST", "/jobs/claim", null, body);
  }

  private JsonNode change(String queue, String body) throws Exception {
    var answer = server.call("PATCH", "/api/v1/admin/queues/" + queue, admin, body);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return TestServer.json(answer);
  }

  private JsonNode job(JsonNode submitted) throws Exception {
    return TestServer.json(server.call("GET", "/jobs/" + id(submitted), null, null));
  }

  private static String id(JsonNode job) {
    return job.get("id").asString();
  }

  private void complete(HttpResponse<String> claimed) throws Exception {
    var claim = TestServer.json(claimed);
    var path = "/jobs/%s/complete".formatted(claim.at("/job/id").asString());
    var body = "{\"lease\":\"%s\"}".formatted(claim.get("lease").asString());
    assertThat(server.call("POST", path, null, body).statusCode()).isEqualTo(200);
  }

  @Test
  void pause_waitingWorker_isGivenTheJobWhenTheQueueGoesOn() throws Exception {
    assertThat(change("paused", "{\"paused\":true}").get("paused").asBoolean()).isTrue();
    var job = submit("paused", "");
    assertThat(claim("paused", 0).statusCode()).isEqualTo(204);

    var waiting = CompletableFuture.supplyAsync(() -> quietly("paused"));
    var state = change("paused", "{\"paused\":false}");

    assertThat(state.get("waiting").asInt() + state.get("running").asInt()).isEqualTo(1);
    assertThat(TestServer.json(waiting.get()).at("/job/id")).isEqualTo(job.get("id"));
  }

  private HttpResponse<String> quietly(String queue) {
    try {
      return claim(queue, 30);
    } catch (Exception failure) {
      throw new IllegalStateException(failure);
    }
  }

  @Test
  void list_namesQueuesWithTheirRuleAndJobs() throws Exception {
    submit("listed", "");
    change("listed", "{\"rate\":{\"starts\":10,\"seconds\":60}}");

    var queues = server.call("GET", "/api/v1/admin/queues", admin, null).body();

    assertThat(queues)
        .contains(
            "{\"name\":\"listed\",\"paused\":false,\"rate\":{\"starts\":10,\"seconds\":60.0},\"waiting\":1,\"running\":0}");
    change("listed", "{\"paused\":true}");
    assertThat(change("listed", "{}").at("/rate/starts").asInt()).as("it stays").isEqualTo(10);
    assertThat(change("listed", "{\"rate\":null}").get("rate").isNull()).isTrue();
  }

  @Test
  void rate_secondStart_waitsForItsMoment() throws Exception {
    change("slow", "{\"rate\":{\"starts\":1,\"seconds\":86400}}");
    submit("slow", "");
    var second = submit("slow", "");

    assertThat(claim("slow", 0).statusCode()).isEqualTo(200);
    assertThat(claim("slow", 0).statusCode()).isEqualTo(204);
    assertThat(job(second).get("queue_position").asInt()).isEqualTo(1);
    change("slow", "{\"rate\":{\"starts\":1000,\"seconds\":1}}");
    assertThat(claim("slow", 30).statusCode()).isEqualTo(200);
  }

  @Test
  void key_secondJob_waitsForTheEndOfTheFirst() throws Exception {
    var key = ",\"key\":{\"name\":\"printer\",\"limit\":1}";
    submit("keyed", key);
    var second = submit("keyed", key);
    var third = submit("keyed", key);
    var first = claim("keyed", 0);
    assertThat(second.at("/key/limit").asInt()).isEqualTo(1);

    assertThat(claim("keyed", 0).statusCode()).isEqualTo(204);
    var waiting = CompletableFuture.supplyAsync(() -> quietly("keyed"));
    complete(first);

    var claimed = waiting.get();
    assertThat(TestServer.json(claimed).at("/job/id")).isEqualTo(second.get("id"));
    assertThat(claim("keyed", 0).statusCode()).isEqualTo(204);
    complete(claimed);
    assertThat(TestServer.json(claim("keyed", 0)).at("/job/id")).isEqualTo(third.get("id"));
  }

  @Test
  void place_ofAWaitingJob_isInGetAndSnapshotAndRisesWithoutAnEvent() throws Exception {
    submit("line", "");
    submit("line", "");
    submit("line", "");
    var last = submit("line", "");
    claim("line", 0);
    claim("line", 0);

    var shown = server.call("GET", "/jobs/" + id(last), null, null);
    var job = TestServer.json(shown);
    assertThat(job.get("queue_position").asInt()).isEqualTo(2);
    assertThat(Instant.parse(job.get("expected_start").asString()))
        .isAfter(Instant.parse(job.get("created_at").asString()));
    try (var watcher = server.stream(null)) {
      watcher.send(
          "{\"op\":\"watch\",\"id\":1,\"topics\":[{\"topic\":\"job:%s\"}]}".formatted(id(last)));
      assertThat(watcher.awaitText("snapshot")).contains("\"queue_position\":2", "expected_start");
    }
    var list = server.call("GET", "/jobs?queue=line&status=queued", null, null);
    assertThat(TestServer.json(list).at("/jobs/0/queue_position").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"paused\":1}                               | paused",
        "{\"rate\":{\"starts\":0,\"seconds\":1}}      | rate.starts",
        "{\"rate\":{\"starts\":1}}                    | rate.seconds",
        "{\"pausd\":true}                             | pausd",
      })
  void change_withWrongValues_namesTheField(String body, String field) throws Exception {
    var answer = server.call("PATCH", "/api/v1/admin/queues/q", admin, body);

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
    assertThat(answer.body()).contains("\"field\":\"%s".formatted(field.split("\\.", 2)[0]));
  }

  @Test
  void key_thatIsWrong_isRefusedByName() throws Exception {
    for (var key :
        List.of(
            "{\"name\":\"%s\",\"limit\":1}".formatted("k".repeat(10_240)),
            "{\"name\":\"\",\"limit\":1}",
            "{\"name\":\"k\",\"limit\":0}",
            "{\"name\":\"k\"}")) {
      var body = "{\"job_type\":\"hash\",\"external\":true,\"key\":%s}".formatted(key);
      var answer = server.call("POST", "/jobs", null, body);

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
      assertThat(answer.body()).contains("\"field\":\"key.").hasSizeLessThan(1_000);
    }
  }
}
