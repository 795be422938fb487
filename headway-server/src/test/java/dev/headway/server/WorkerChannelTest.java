package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.account.Role;
import dev.headway.testkit.net.RecordingWatcher;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Workers on the native stream. Each test has a queue of its own. */
final class WorkerChannelTest {
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

  private static String submit(String queue) throws Exception {
    var job = "{\"job_type\":\"hash\",\"external\":true,\"queue\":\"%s\"}".formatted(queue);
    return TestServer.json(server.call("POST", "/jobs", null, job)).get("id").asString();
  }

  private static JsonNode job(String id) throws Exception {
    return TestServer.json(server.call("GET", "/jobs/" + id, null, null));
  }

  private static String work(String queue, String more) {
    return "{\"op\":\"work\",\"id\":1,\"queue\":\"%s\",\"worker_id\":\"w\"%s}"
        .formatted(queue, more);
  }

  private static String reports(int upto, String... items) {
    return "{\"op\":\"reports\",\"upto\":%d,\"items\":[%s]}"
        .formatted(upto, String.join(",", items));
  }

  private static String item(String lease, String more) {
    return "{\"lease\":\"%s\"%s}".formatted(lease, more);
  }

  private static RecordingWatcher worker(String queue, String more) {
    var worker = server.stream(null);
    worker.send(work(queue, more)).awaitText("\"re\":1");
    return worker;
  }

  private static JsonNode claimed(RecordingWatcher worker) {
    return TestServer.json(worker.awaitText("{\"claimed\":")).get("claimed");
  }

  private static String lease(RecordingWatcher worker) {
    return claimed(worker).get("lease").asString();
  }

  @Test
  void work_isHandedJobsAsTheyCome_asManyAsItTakes() throws Exception {
    try (var worker = worker("handed", ",\"at_most\":2,\"job_types\":[\"hash\"]")) {
      var first = submit("handed");
      var claimed = claimed(worker);
      assertThat(claimed.at("/job/id").asString()).isEqualTo(first);
      assertThat(claimed.at("/job/status").asString()).isEqualTo("in_progress");
      var second = submit("handed");
      var third = submit("handed");
      assertThat(claimed(worker).at("/job/id").asString()).isEqualTo(second);
      var lease = claimed.get("lease").asString();
      worker.send(reports(1, item(lease, ",\"kind\":\"complete\",\"result\":{\"a\":1}")));
      assertThat(claimed(worker).at("/job/id").asString()).isEqualTo(third);
      assertThat(job(first).at("/result_payload/a").asInt()).isEqualTo(1);
    }
  }

  @Test
  void reports_ofSeveralJobsInOneFrame_areSeenAndAcknowledgedOnce() throws Exception {
    var one = submit("several");
    var other = submit("several");
    try (var worker = worker("several", ",\"at_most\":5");
        var watcher = server.channel(one)) {
      var first = lease(worker);
      var second = lease(worker);
      worker.send(reports(1, item(first, ",\"progress\":10"), item(second, ",\"progress\":20")));
      worker.send(
          reports(
              2,
              item(first, ",\"kind\":\"logs\",\"lines\":[\"a line\"]"),
              item(first, ",\"done\":3,\"total\":4,\"message\":\"three\"")));
      worker.awaitText("{\"acked\":2}");
      watcher.awaitText("three");
      assertThat(job(one).get("progress").asDouble()).isEqualTo(75);
      assertThat(job(other).get("progress").asDouble()).isEqualTo(20);
      assertThat(server.call("GET", "/jobs/" + one + "/logs", null, null).body())
          .contains("a line");
      assertThat(worker.seen()).noneMatch(frame -> frame.contains("refused"));
    }
  }

  @Test
  void items_thatAreWrongInTheMiddle_areRefusedAlone() throws Exception {
    var id = submit("middle");
    try (var worker = worker("middle", "")) {
      var lease = lease(worker);
      var stolen = lease.substring(0, 23) + "stolen";
      worker.send(
          reports(
              7,
              item(lease, ",\"progress\":10"),
              item(stolen, ",\"progress\":99"),
              item(lease, ",\"progress\":150"),
              "null",
              item(lease, ",\"progress\":30")));
      var lost = TestServer.json(worker.awaitText("\"lost\"")).get("lost");
      var refused = TestServer.json(worker.awaitText("\"refused\"")).get("refused");
      worker.awaitText("{\"acked\":7}");
      assertThat(lost.toString()).isEqualTo("[\"%s\"]".formatted(stolen));
      assertThat(refused.findValuesAsString("item")).containsExactly("2", "3");
      assertThat(refused.findValuesAsString("code"))
          .containsExactly("VALIDATION_ERROR", "INVALID_INPUT");
      assertThat(refused.get(0).get("message").asString()).contains("150");
      assertThat(job(id).get("progress").asDouble()).isEqualTo(30);
    }
  }

  @Test
  void cancellation_isToldAtOnce() throws Exception {
    var id = submit("cancel");
    try (var worker = worker("cancel", "")) {
      var lease = lease(worker);
      server.call("POST", "/jobs/" + id + "/cancel", null, "{\"keep_partial\":true}");
      var told = TestServer.json(worker.awaitText("cancel_requested\":[\""));
      assertThat(told.at("/cancel_requested/0").asString()).isEqualTo(lease);
      assertThat(told.at("/keep_partial/0").asString()).isEqualTo(lease);
      worker.send(reports(1, item(lease, ",\"kind\":\"cancelled\",\"partial\":[1]")));
      worker.awaitText("{\"acked\":1}");
      assertThat(job(id).get("status").asString()).isEqualTo("cancelled");
      assertThat(worker.seen()).noneMatch(frame -> frame.contains("\"lost\""));
    }
  }

  @Test
  void claim_thatIsNeverAnswered_losesItsLeaseAndGetsNoOtherJob() throws Exception {
    var id = submit("mute");
    try (var mute = worker("mute", ",\"lease_seconds\":1")) {
      var lease = lease(mute);
      assertThat(TestServer.json(mute.awaitText("\"lost\"")).at("/lost/0").asString())
          .isEqualTo(lease);
      try (var healthy = worker("mute", "")) {
        assertThat(claimed(healthy).at("/job/id").asString()).isEqualTo(id);
      }
      assertThat(mute.seen()).filteredOn(frame -> frame.contains("\"claimed\"")).hasSize(1);
    }
  }

  @Test
  void connection_thatIsCut_goesOnOverAnother() throws Exception {
    var id = submit("cut");
    String lease;
    try (var worker = worker("cut", "")) {
      lease = lease(worker);
      worker.send(reports(1, item(lease, ",\"progress\":10"))).awaitText("{\"acked\":1}");
      worker.vanish();
    }
    try (var again = worker("cut", ",\"at_most\":0")) {
      again.send(reports(1, item(lease, ",\"progress\":50"))).awaitText("{\"acked\":1}");
      server.call("POST", "/jobs/" + id + "/cancel", null, null);
      again.awaitText("cancel_requested");
      again.send(reports(2, item(lease, ",\"kind\":\"complete\""))).awaitText("{\"acked\":2}");
    }
    assertThat(job(id).get("status").asString()).isEqualTo("completed");
    assertThat(job(id).get("attempt").asInt()).isEqualTo(1);
  }

  @Test
  void frame_ofTenThousandItems_isRefusedWhole() throws Exception {
    var id = submit("flood");
    try (var worker = worker("flood", "")) {
      var lease = lease(worker);
      var most = Collections.nCopies(10_000, "{}").toArray(String[]::new);
      worker.send(reports(1, most));
      assertThat(worker.awaitText("\"error\"")).contains("VALIDATION_ERROR", "10000", "1000");
      worker.send(reports(2, item(lease, ",\"progress\":5"))).awaitText("{\"acked\":2}");
      assertThat(job(id).get("progress").asDouble()).isEqualTo(5);
    }
  }

  @Test
  void frame_ofAWorker_mayBeLarge() throws Exception {
    submit("large");
    var line = "\"" + "x".repeat(1_000) + "\"";
    var lines = String.join(",", Collections.nCopies(200, line));
    try (var worker = worker("large", "")) {
      var large = item(lease(worker), ",\"kind\":\"logs\",\"lines\":[%s]".formatted(lines));
      worker.send(reports(1, large)).awaitText("{\"acked\":1}");
      worker.send(reports(2, large, large));
      assertThat(worker.awaitClose().code()).isEqualTo(1009);
    }
    try (var stranger = server.stream(null)) {
      stranger.send(reports(1, item("x", ",\"kind\":\"logs\",\"lines\":[%s]".formatted(lines))));
      assertThat(stranger.awaitClose().code()).isEqualTo(1009);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"op":"work","id":1}                                             | worker_id
          {"op":"work","id":1,"worker_id":"w","at_most":-1}                | at_most
          {"op":"work","id":1,"worker_id":"w","lease_seconds":0}           | lease_seconds
          {"op":"work","id":1,"worker_id":"w","queue":"a b"}               | queue
          {"op":"work","id":1,"worker_id":"w","job_types":[null]}          | job_types
          {"op":"work","id":1,"worker_id":"w","quue":"a"}                  | queue
          {"op":"reports","id":1,"items":[{}]}                             | upto
          {"op":"reports","id":1,"upto":1}                                 | items
          {"op":"reports","id":1,"upto":1,"items":[]}                      | items
          """)
  void request_thatIsWrong_namesWhatIs(String request, String named) {
    try (var worker = server.stream(null)) {
      assertThat(worker.send(request).awaitText("\"re\":1")).contains("error", named);
      worker.send(work("fine", "")).awaitText("\"ok\":true");
    }
  }

  @Test
  void work_withoutTheRole_isRefused() throws Exception {
    try (var closed = new TestServer(data.resolve("closed"), TestServer::closedToAnonymous)) {
      var user = closed.signIn("ada@example.org");
      try (var plain = closed.stream(user)) {
        plain.send(work("default", ""));
        assertThat(plain.awaitText("\"re\":1")).contains("AUTHORIZATION_ERROR");
      }
      var worker = closed.signIn("bot@example.org", Role.WORKER);
      try (var able = closed.stream(worker)) {
        able.send(work("default", "")).awaitText("\"ok\":true");
      }
    }
  }
}
