package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.testkit.net.RecordingWatcher;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Steps of a job, declared by whoever knows them, and counts within them. */
final class StepsTest {
  private static final String STEPS =
      "\"steps\":[\"read\",{\"name\":\"hash\",\"weight\":6},{\"name\":\"write\",\"weight\":3}]";

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

  /** A job that its submitter does. */
  private record Started(String id, String lease) {
    static Started with(String more) throws Exception {
      var answer = submitted("\"start\":true" + more);
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
      var job = TestServer.json(answer);
      return new Started(job.get("id").asString(), job.get("lease").asString());
    }

    String item(String more) {
      return "{\"lease\":\"%s\",%s}".formatted(lease, more);
    }

    HttpResponse<String> report(String more) throws Exception {
      return server.call("POST", "/jobs/" + id + "/progress", null, item(more));
    }

    JsonNode now() throws Exception {
      return TestServer.json(server.call("GET", "/jobs/" + id, null, null));
    }

    double progress() throws Exception {
      return now().get("progress").asDouble();
    }

    String log() throws Exception {
      return server.call("GET", "/jobs/" + id + "/logs", null, null).body();
    }

    RecordingWatcher watched() {
      var watcher = server.stream(null);
      watcher
          .send("{\"op\":\"watch\",\"id\":1,\"topics\":[\"job:%s\"]}".formatted(id))
          .awaitText("\"re\":1");
      return watcher;
    }
  }

  private static HttpResponse<String> submitted(String more) throws Exception {
    return server.call("POST", "/jobs", null, "{\"job_type\":\"hash\",%s}".formatted(more));
  }

  @Test
  void declaredBySubmitter_countsFillTheirShares() throws Exception {
    var job = Started.with("," + STEPS);

    assertThat(job.now().get("steps").toString()).isEqualTo("[\"read\",\"hash\",\"write\"]");
    assertThat(job.now().get("step_weights").toString()).isEqualTo("[1.0,6.0,3.0]");
    job.report("\"done\":1,\"total\":2");
    assertThat(job.progress()).isCloseTo(5, within(1e-6));
    job.report("\"stage\":\"hash\"");
    assertThat(job.progress()).isCloseTo(10, within(1e-6));
    job.report("\"done\":1,\"total\":2");
    assertThat(job.progress()).isCloseTo(40, within(1e-6));
    job.report("\"stage\":\"write\",\"done\":3,\"total\":3");
    assertThat(job.progress()).isCloseTo(100, within(1e-6));
  }

  @Test
  void declaredByWorker_watchersAreTold_andTheSameAgainIsNoNews() throws Exception {
    var job = Started.with("");
    try (var watcher = job.watched()) {
      assertThat(job.report(STEPS + ",\"done\":1,\"total\":2").statusCode()).isEqualTo(200);

      var declared = TestServer.json(watcher.awaitText("steps_declared"));
      assertThat(declared.at("/data/steps").toString()).isEqualTo("[\"read\",\"hash\",\"write\"]");
      assertThat(declared.at("/data/step").asString()).isEqualTo("read");
      assertThat(job.report(STEPS + ",\"stage\":\"hash\"").statusCode()).isEqualTo(200);
      watcher.awaitText("\"step\":\"hash\"");
      assertThat(watcher.seen().stream().filter(frame -> frame.contains("steps_declared")))
          .hasSize(1);
      assertThat(job.progress()).isCloseTo(10, within(1e-6));
    }
  }

  @Test
  void declaredByChannelAndByBatch_isTheSame() throws Exception {
    var one = Started.with("");
    var other = Started.with("");
    var half = STEPS + ",\"stage\":\"hash\",\"done\":1,\"total\":2";
    try (var worker = server.stream(null)) {
      worker.send("{\"op\":\"reports\",\"upto\":1,\"items\":[%s]}".formatted(one.item(half)));
      worker.awaitText("{\"acked\":1}");
    }
    server.call("POST", "/jobs/reports", null, "{\"reports\":[%s]}".formatted(other.item(half)));

    assertThat(one.progress()).isCloseTo(40, within(1e-6));
    assertThat(other.now().get("step_weights")).isEqualTo(one.now().get("step_weights"));
    assertThat(other.progress()).isCloseTo(40, within(1e-6));
  }

  @Test
  void declaredOtherwise_isRefusedAndTheLogSaysSo() throws Exception {
    var job = Started.with("," + STEPS);

    var refused = job.report("\"steps\":[\"dig\"]");

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains("do not change: [read, hash, write]");
    assertThat(job.log()).contains("A report was refused: The job's steps have been declared");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'done':5,'total':4|done (5) must be from 0 to total (4)",
        "'progress':150|progress",
        "'done':1|total",
        "'steps':['a','a']|steps has a twice",
        "'steps':[]|steps",
        "'steps':[{'name':'a','weight':0}]|weight"
      })
  void countedWrongly_isToldAtTheCallAndInTheLog(String report, String named) throws Exception {
    var job = Started.with("");

    var refused = job.report(report.replace('\'', '"'));

    assertThat(refused.statusCode()).isEqualTo(422);
    assertThat(refused.body()).contains(named);
    assertThat(job.log()).contains("[headway] A report was refused: ").contains(named);
    assertThat(job.now().get("progress").asDouble()).isZero();
  }

  @Test
  void countedWronglyAgainAndAgain_fillsNoLog() throws Exception {
    var job = Started.with("");
    for (var times = 0; times < 6; times++) {
      job.report("\"done\":5,\"total\":4");
    }
    assertThat(TestServer.json(job.log()).get("lines")).hasSize(3);
  }

  @Test
  void countedWronglyUnderAnothersLease_leavesNoLine() throws Exception {
    var job = Started.with("");
    var stolen = new Started(job.id(), job.lease().substring(0, 23) + "stolen");

    stolen.report("\"done\":5,\"total\":4");

    assertThat(TestServer.json(job.log()).get("lines")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'a','a'|steps has a twice",
        "{'name':'a','weight':-1}|weight",
        "{'weight':2}|name",
        "''|steps[0]",
        "5|steps[0]"
      })
  void submittedSteps_thatAreWrong_areNamed(String steps, String named) throws Exception {
    var refused = submitted("\"start\":true,\"steps\":[%s]".formatted(steps.replace('\'', '"')));

    assertThat(refused.statusCode()).as(refused.body()).isEqualTo(422);
    assertThat(refused.body()).contains(named);
  }

  @Test
  void completed_withACountThatIsNotFull_hasNoCount() throws Exception {
    var job = Started.with("," + STEPS);
    job.report("\"stage\":\"write\",\"done\":7,\"total\":10");
    try (var watcher = job.watched()) {
      server.call("POST", "/jobs/" + job.id() + "/complete", null, job.item("\"result\":1"));
      var end = TestServer.json(watcher.awaitText("\"type\":\"completed\"")).get("data");
      assertThat(end.get("percent").asDouble()).isEqualTo(100);
      assertThat(end.has("done")).isFalse();
    }
  }
}
