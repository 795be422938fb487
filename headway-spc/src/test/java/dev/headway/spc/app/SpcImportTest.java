package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.testkit.net.RecordingWatcher;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpcImportTest {
  @TempDir Path data;
  private SpcServer spc;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(data);
  }

  @AfterEach
  void stop() {
    spc.close();
  }

  private SpcServer.Answer upload(long id, String csv) throws Exception {
    var path = "/api/v1/samples/import?characteristic_id=" + id;
    return spc.call("POST", path, null, csv, "text/csv");
  }

  @Test
  void file_withBadRows_isImportedAndTheRowsAreNamed() throws Exception {
    var id = spc.limited("bore");
    var csv =
        """
        timestamp,value
        2026-01-01T00:00:00Z,10
        2026-01-01T00:01:00Z,ten
        2026-01-01T00:02:00Z,14
        2026-01-01T00:01:30Z,10
        2026-01-01T00:03:00Z,10
        """;
    var accepted = upload(id, csv).expect(202).body();
    assertThat(accepted.at("/watch/stream").asString())
        .isEqualTo("job:" + accepted.get("job_id").asString());
    var job = spc.ended(accepted.get("job_id").asString());
    assertThat(job.get("status").asString()).isEqualTo("completed");
    var result = job.get("result_payload");
    assertThat(result.get("imported").asInt())
        .as("a late one is placed where it belongs")
        .isEqualTo(4);
    assertThat(result.get("rejected").asInt()).isEqualTo(1);
    var problems = result.get("problems").valueStream().map(row -> row.get("row").asInt());
    assertThat(problems).containsExactly(3);
    var violations = spc.get("/api/v1/violations?rule_id=1").expect(200).body();
    assertThat(violations.get("total").asInt()).as("the value, and its jumps").isEqualTo(2);
  }

  @Test
  void file_withAnUnknownColumn_isRefusedAtOnce() throws Exception {
    var id = spc.limited("bore");
    assertThat(upload(id, "when,value\n1,2\n").expect(400).text()).contains("no such column");
    assertThat(upload(4711, "value\n1\n").expect(404).text()).contains("4711");
  }

  @Test
  void file_ofFiftyThousandRows_isImportedWithProgress() throws Exception {
    var id = spc.limited("bore");
    var csv = new StringBuilder("value\n");
    for (var row = 0; row < 50_000; row++) {
      csv.append(10 + row % 3 - 1).append('\n');
    }
    var job = upload(id, csv.toString()).expect(202).body().get("job_id").asString();
    try (var watcher = RecordingWatcher.connect(spc.socket("/progress/ws/" + job))) {
      watcher.awaitText("of 50000 samples");
      watcher.awaitText("\"completed\"");
    }
    var list = spc.get("/api/v1/samples?characteristic_id=%d&limit=1".formatted(id)).body();
    assertThat(list.get("total").asInt()).isEqualTo(50_000);
  }

  @Test
  void batch_asAJob_isTakenInAsAWhole() throws Exception {
    var id = spc.limited("bore");
    var accepted = spc.post("/api/v1/samples/batch", SpcServer.batch(id, 1_200)).expect(202).body();
    var job = spc.ended(accepted.get("job_id").asString());
    assertThat(job.at("/result_payload/imported").asInt()).isEqualTo(1_200);
    assertThat(job.at("/result_payload/rejected").asInt()).isZero();
  }

  @Test
  void batch_withOneBadSample_storesNoneAndNamesIt() throws Exception {
    var id = spc.limited("bore");
    var body =
        "{\"samples\":[%s,%s]}"
            .formatted(SpcServer.sampleJson(id, 10), SpcServer.sampleJson(id, 10, 11));
    for (var path :
        new String[] {"/api/v1/samples/batch", "/api/v1/samples/batch?synchronous=true"}) {
      assertThat(spc.post(path, body).expect(422).body().at("/errors/0/field").asString())
          .isEqualTo("samples[1].measurements");
    }
    var list = spc.get("/api/v1/samples?characteristic_id=" + id).body();
    assertThat(list.get("total").asInt()).isZero();
  }

  @Test
  void batch_synchronous_answersEachSample_andKeepsTheOrderOfTime() throws Exception {
    var id = spc.limited("bore");
    var path = "/api/v1/samples/batch?synchronous=true";
    var answer = spc.post(path, SpcServer.batch(id, 100)).expect(201).body();
    assertThat(answer.get("imported").asInt()).isEqualTo(100);
    assertThat(answer.at("/samples/99/sample_id").asLong())
        .isEqualTo(answer.at("/samples/0/sample_id").asLong() + 99);
    var old =
        """
        {"samples":[{"characteristic_id":%d,"measurements":[10],"timestamp":"2020-01-01T00:00:00Z"}]}
        """
            .formatted(id);
    assertThat(spc.post(path, old).expect(422).text()).contains("samples[0].timestamp");
    assertThat(spc.post(path, "{\"samples\":[]}").expect(422).text()).contains("1 to 10000");
  }
}
