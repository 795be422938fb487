package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.core.account.Role;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SpcRestTest {
  private static final String CHARACTERISTICS = "/api/v1/characteristics";

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

  @Test
  void unknownField_isRefusedWithTheNearest() throws Exception {
    var batch = spc.post("/api/v1/samples/batch", "{\"sample\":[]}").expect(422);
    assertThat(batch.text()).contains("Did you mean 'samples'?");
    var answer = spc.post("/api/v1/violations/1/acknowledge", "{\"reason\":\"x\",\"usr\":\"y\"}");
    assertThat(answer.expect(422).text()).contains("Did you mean 'user'?");
  }

  @Test
  void characteristics_areMadeChangedListedAndDeleted() throws Exception {
    var body = "{\"name\":\"bore\",\"subgroup_size\":5,\"usl\":11,\"lsl\":9,\"target_value\":10}";
    var made = spc.post(CHARACTERISTICS, body).expect(201).body();
    assertThat(made.get("chart_type").asString()).isEqualTo("xbar_r");
    var path = CHARACTERISTICS + "/" + made.get("id").asLong();
    spc.call("PATCH", path, null, "{\"usl\":12,\"target_value\":null}").expect(200);
    var shown = spc.get(path).expect(200).body();
    assertThat(shown.get("usl").asDouble()).isEqualTo(12);
    assertThat(shown.get("lsl").asDouble()).isEqualTo(9);
    assertThat(shown.get("target_value").isNull()).isTrue();
    assertThat(spc.get(CHARACTERISTICS + "?name=BOR").expect(200).body().get("total").asInt())
        .isEqualTo(1);
    spc.call("DELETE", path, null, null).expect(204);
    spc.get(path).expect(404);
    var audit = spc.get("/api/v1/audit").expect(200).body().get("entries");
    assertThat(audit.valueStream().map(entry -> entry.get("action").asString()))
        .containsExactly("deleted", "changed", "created");
    assertThat(audit.at("/1/before/usl").asDouble()).isEqualTo(11);
    assertThat(audit.at("/1/after/usl").asDouble()).isEqualTo(12);
  }

  @Test
  void characteristic_withATakenName_isAConflict() throws Exception {
    spc.characteristic("bore");
    var other = spc.characteristic("shaft");
    assertThat(spc.post(CHARACTERISTICS, "{\"name\":\"bore\"}").expect(409).text())
        .contains("'bore' is taken");
    spc.call("PATCH", CHARACTERISTICS + "/" + other, null, "{\"name\":\"bore\"}").expect(409);
  }

  @Test
  void subgroupSize_onceThereAreSamples_cannotChange() throws Exception {
    var id = spc.characteristic("bore");
    var path = CHARACTERISTICS + "/" + id;
    spc.call("PATCH", path, null, "{\"subgroup_size\":3}").expect(200);
    spc.sample(id, 1, 2, 3).expect(201);
    spc.call("PATCH", path, null, "{\"subgroup_size\":2}").expect(409);
  }

  @Test
  void sample_isAnsweredWithWhatItsChartSays() throws Exception {
    var made = spc.post(CHARACTERISTICS, "{\"name\":\"bore\",\"subgroup_size\":3}").expect(201);
    var path = CHARACTERISTICS + "/" + made.id("id") + "/limits";
    spc.call("PUT", path, null, "{\"lcl\":7,\"center_line\":10,\"ucl\":13}").expect(200);
    var taken = spc.sample(made.id("id"), 11, 12, 13).expect(201).body();
    assertThat(taken.get("mean").asDouble()).isEqualTo(12);
    assertThat(taken.get("range").asDouble()).isEqualTo(2);
    assertThat(taken.get("zone").asString()).as("on the line: inner").isEqualTo("zone_b_upper");
    assertThat(taken.get("in_control").asBoolean()).isTrue();
    assertThat(taken.get("violations").isEmpty()).isTrue();
  }

  @Test
  void run_thatGoesOn_isOneViolationThatGrows_alsoAfterARestart() throws Exception {
    var id = spc.limited("bore");
    for (var at = 0; at < 9; at++) {
      spc.sample(id, 10.5).expect(201);
    }
    spc.kill();
    try (var again = new SpcServer(data)) {
      var tenth = again.sample(id, 10.5).expect(201).body();
      assertThat(tenth.at("/violations/0/rule_id").asInt()).isEqualTo(2);
      assertThat(tenth.at("/violations/0/new").asBoolean()).isFalse();
      var list = again.get("/api/v1/violations?rule_id=2").expect(200).body();
      assertThat(list.get("total").asInt()).isEqualTo(1);
      var violation = list.at("/violations/0");
      assertThat(violation.get("sample_count").asInt()).isEqualTo(10);
      assertThat(violation.get("sample_ids").size()).isEqualTo(10);
      assertThat(violation.get("last_sample_id")).isEqualTo(tenth.get("sample_id"));
    }
  }

  @Test
  void lists_afterThePageBefore_neitherRepeatNorPassOver() throws Exception {
    var id = spc.limited("bore");
    for (var name : List.of("shaft", "gear")) {
      spc.characteristic(name);
    }
    for (var value : new double[] {20, 21, 22}) {
      spc.sample(id, value).expect(201);
    }
    Pages.read(spc, CHARACTERISTICS + "?limit=2", () -> spc.characteristic("cam"));
    Pages.read(
        spc,
        "/api/v1/samples?limit=2&characteristic_id=" + id,
        () -> spc.sample(id, 23).expect(201));
    Pages.read(spc, "/api/v1/violations?limit=1", () -> spc.sample(id, 24).expect(201));
    Pages.read(spc, "/api/v1/audit?limit=2", () -> spc.characteristic("cog"));

    spc.get("/api/v1/samples?characteristic_id=1&after=yesterday").expect(422);
    var misspelt = spc.get("/api/v1/violations?severty=critical").expect(422);
    assertThat(misspelt.text()).contains("Did you mean 'severity'?");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"characteristic_id":1,"measurements":[NaN]}              | 400 | not valid JSON
          {"characteristic_id":1,"measurements":[1e999]}            | 422 | no finite number
          {"characteristic_id":1,"measurements":["1"]}              | 422 | is no number
          {"characteristic_id":1,"measurements":[null]}             | 422 | is no number
          {"characteristic_id":1,"measurements":[]}                 | 422 | at least one number
          {"characteristic_id":1,"measurements":[1,2]}              | 422 | subgroup size is 1
          {"characteristic_id":77,"measurements":[1]}               | 422 | 77 is no characteristic
          {"measurements":[1]}                                      | 422 | is missing
          {"characteristic_id":1,"measurements":[1],"x":1}          | 422 | Unknown field
          {"characteristic_id":1,"measurements":[1],"timestamp":"now"} | 422 | ISO 8601
          {"characteristic_id":1,"measurements":[1],"timestamp":"2020-01-01T00:00:00Z"} | 422 | more than 30 days before
          {"characteristic_id":1,"measurements":[1],"timestamp":"+99999-01-01T00:00:00Z"} | 422 | lies in the future
          [1]                                                       | 422 | must be an object
          """)
  void badSample_isRefusedWithTheReason(String body, int status, String reason) throws Exception {
    var id = spc.limited("bore");
    assertThat(id).isEqualTo(1);
    spc.sample(id, 10).expect(201);
    assertThat(spc.post("/api/v1/samples", body).expect(status).text()).contains(reason);
    var list = spc.get("/api/v1/samples?characteristic_id=1").expect(200).body();
    assertThat(list.get("total").asInt()).as("nothing was stored").isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"lcl":13,"center_line":10,"ucl":7}     | must be below the centre
          {"lcl":10,"center_line":10,"ucl":13}    | must be below the centre
          {"lcl":7,"center_line":10}              | ucl
          {"lcl":-1e999,"center_line":10,"ucl":13}| no finite number
          """)
  void limits_upsideDownOrMissing_areRefused(String body, String reason) throws Exception {
    var id = spc.characteristic("bore");
    var path = CHARACTERISTICS + "/" + id + "/limits";
    assertThat(spc.call("PUT", path, null, body).expect(422).text()).contains(reason);
    assertThat(spc.get(path).expect(200).body().get("ucl").isNull()).isTrue();
  }

  @Test
  void recalculation_withTooFewSamples_isRefusedUnlessAskedFor() throws Exception {
    var id = spc.characteristic("bore");
    for (var at = 0; at < 5; at++) {
      spc.sample(id, 10 + at % 2).expect(201);
    }
    var path = CHARACTERISTICS + "/" + id + "/recalculate-limits";
    assertThat(spc.call("POST", path, null, null).expect(409).text())
        .contains("5 samples are too few", "25");
    var limits = spc.post(path, "{\"min_samples\":5}").expect(200).body();
    assertThat(limits.get("sigma").asDouble()).isCloseTo(0.886227, within(1e-6));
    assertThat(limits.get("sample_count").asInt()).isEqualTo(5);
  }

  @Test
  void recalculation_ofEqualSamples_saysThatSigmaIsZeroAndJudgesNothing() throws Exception {
    var id = spc.characteristic("bore");
    for (var at = 0; at < 25; at++) {
      spc.sample(id, 10).expect(201);
    }
    var path = CHARACTERISTICS + "/" + id;
    var limits = spc.post(path + "/recalculate-limits", "{}").expect(200).body();
    assertThat(limits.get("degenerate").asBoolean()).isTrue();
    var taken = spc.sample(id, 99).expect(201).body();
    assertThat(taken.get("zone").isNull()).isTrue();
    assertThat(taken.get("in_control").isNull()).as("not judged, never green").isTrue();
    assertThat(spc.get(path + "/chart-data").expect(200).body().get("zone_boundaries").isEmpty())
        .isTrue();
    assertThat(spc.get(path + "/capability").expect(200).body().get("remark").asString())
        .isNotEmpty();
  }

  @Test
  void acknowledgment_twice_isAConflict_evenAtTheSameTime() throws Exception {
    var id = spc.limited("bore");
    var violation = spc.sample(id, 14).expect(201).body().at("/violations/0/violation_id").asLong();
    var path = "/api/v1/violations/%d/acknowledge".formatted(violation);
    try (var together = Executors.newVirtualThreadPerTaskExecutor()) {
      var answers =
          IntStream.range(0, 4)
              .mapToObj(_ -> together.submit(() -> spc.post(path, "{\"reason\":\"x\"}").status()))
              .toList();
      var statuses = new ArrayList<Integer>();
      for (var answer : answers) {
        statuses.add(answer.get());
      }
      assertThat(statuses).containsExactlyInAnyOrder(200, 409, 409, 409);
    }
    assertThat(spc.post(path, "{\"reason\":\"again\"}").expect(409).text())
        .contains("already been acknowledged by anonymous");
    spc.post("/api/v1/violations/4711/acknowledge", "{\"reason\":\"x\"}").expect(404);
    spc.post(path, "{\"reason\":\"  \"}").expect(422);
  }

  @Test
  void batchAcknowledgment_saysWhatBecameOfEach() throws Exception {
    var id = spc.limited("bore");
    spc.sample(id, 14).expect(201);
    spc.sample(id, 10).expect(201);
    spc.sample(id, 14).expect(201);
    var path = "/api/v1/violations/batch-acknowledge";
    spc.post(path, "{\"violation_ids\":[1],\"reason\":\"setup\"}").expect(200);
    var all = spc.post(path, "{\"violation_ids\":[1,2,9],\"reason\":\"setup\"}").expect(200);
    assertThat(all.text())
        .isEqualTo("{\"acknowledged\":[2],\"already_acknowledged\":[1],\"not_found\":[9]}");
    var stats = spc.get("/api/v1/violations/stats").expect(200).body();
    assertThat(stats.get("unacknowledged").asInt()).isEqualTo(stats.get("total").asInt() - 2);
    assertThat(stats.at("/by_rule/1").asInt()).as("two values, and their jumps").isEqualTo(3);
    spc.get("/api/v1/violations/reason-codes").expect(200);
  }

  @Test
  void exclusion_takesASampleOutOfRulesAndLimits_andIsOnRecord() throws Exception {
    var id = spc.limited("bore");
    for (var at = 0; at < 8; at++) {
      spc.sample(id, 10.5).expect(201);
    }
    var outlier = spc.sample(id, 9.5).expect(201).id("sample_id");
    var path = "/api/v1/samples/%d/exclude".formatted(outlier);
    var excluded = spc.call("PATCH", path, null, "{\"excluded\":true}").expect(200).body();
    assertThat(excluded.get("excluded").asBoolean()).isTrue();
    var ninth = spc.sample(id, 10.5).expect(201).body();
    assertThat(ninth.at("/violations/0/rule_id").asInt()).isEqualTo(2);
    var limits =
        spc.post(CHARACTERISTICS + "/" + id + "/recalculate-limits", "{\"min_samples\":2}")
            .expect(200)
            .body();
    assertThat(limits.get("center_line").asDouble()).isEqualTo(10.5);
    assertThat(spc.get("/api/v1/audit?characteristic_id=" + id).text()).contains("\"excluded\"");
    spc.call("PATCH", "/api/v1/samples/99/exclude", null, "{}").expect(404);
  }

  @Test
  void rules_arePresetOrSetOneByOne() throws Exception {
    var id = spc.limited("bore");
    var path = CHARACTERISTICS + "/" + id + "/rules";
    spc.call("PUT", path, null, "{\"preset\":\"western_electric\"}").expect(200);
    var rules = spc.get(path).expect(200).body().get("rules");
    assertThat(rules.at("/1/points").asInt()).as("a run of eight").isEqualTo(8);
    assertThat(rules.at("/2/enabled").asBoolean()).isFalse();
    var one = "{\"rules\":[{\"rule_id\":1,\"severity\":\"INFO\"},{\"rule_id\":2,\"points\":3}]}";
    spc.call("PUT", path, null, one).expect(200);
    spc.sample(id, 10.5).expect(201);
    spc.sample(id, 10.5).expect(201);
    var third = spc.sample(id, 10.5).expect(201).body();
    assertThat(third.at("/violations/0/rule_id").asInt()).isEqualTo(2);
    assertThat(spc.sample(id, 14).expect(201).text()).contains("\"severity\":\"INFO\"");
    spc.call("PUT", path, null, "{\"rules\":[{\"rule_id\":2,\"points\":99}]}").expect(422);
    spc.call("PUT", path, null, "{\"rules\":[{\"rule_id\":9}]}").expect(422);
  }

  @Test
  void chartData_hasPointsLinesAndSpecification() throws Exception {
    var id = spc.characteristic("bore");
    spc.sample(id, 10.2).expect(201);
    spc.sample(id, 14).expect(201);
    var path = CHARACTERISTICS + "/" + id;
    spc.call("PATCH", path, null, "{\"usl\":15,\"lsl\":5}").expect(200);
    spc.call("PUT", path + "/limits", null, "{\"lcl\":7,\"center_line\":10,\"ucl\":13}")
        .expect(200);
    var chart = spc.get(path + "/chart-data?limit=10").expect(200).body();
    assertThat(chart.at("/points/0/zone").asString()).isEqualTo("zone_c_upper");
    assertThat(chart.at("/points/1/zone").asString()).isEqualTo("beyond_ucl");
    assertThat(chart.at("/zone_boundaries/plus_2_sigma").asDouble()).isEqualTo(12);
    assertThat(chart.at("/specification/usl").asDouble()).isEqualTo(15);
    assertThat(spc.get(path + "/chart-data?from=2199-01-01T00:00:00Z").body().get("points").size())
        .isZero();
    spc.get(path + "/chart-data?from=yesterday").expect(422);
  }

  @Test
  void capability_followsFromSamplesAndSpecification() throws Exception {
    var body = "{\"name\":\"bore\",\"usl\":13,\"lsl\":7}";
    var id = spc.post(CHARACTERISTICS, body).expect(201).id("id");
    for (var value : new double[] {9, 10, 11, 10, 9, 10, 11, 10}) {
      spc.sample(id, value).expect(201);
    }
    var capability = spc.get(CHARACTERISTICS + "/" + id + "/capability").expect(200).body();
    // Every moving range is 1, so sigma is 1 / d2(2) = 0.886227 and Cp = 6 / (6 * 0.886227).
    assertThat(capability.get("cp").asDouble()).isCloseTo(1.128379, within(1e-6));
    assertThat(capability.get("cpk").asDouble()).isCloseTo(1.128379, within(1e-6));
    assertThat(capability.get("samples").asInt()).isEqualTo(8);
  }

  @Test
  void timeWeightedCharts_findASmallShift_andSayTheirRunLengths() throws Exception {
    var id = spc.characteristic("bore");
    var path = CHARACTERISTICS + "/" + id;
    assertThat(spc.get(path + "/ewma").expect(409).text()).contains("no limits");
    spc.call("PUT", path + "/limits", null, "{\"center_line\":10,\"sigma\":1}").expect(200);
    for (var at = 0; at < 12; at++) {
      spc.sample(id, 11.2).expect(201);
    }
    var ewma = spc.get(path + "/ewma?lambda=0.1&width=2.814").expect(200).body();
    assertThat(ewma.at("/points/0/value").asDouble()).isCloseTo(10.12, within(1e-9));
    assertThat(ewma.at("/points/11/signals").asBoolean()).isTrue();
    assertThat(ewma.at("/average_run_length/in_control").asDouble()).isCloseTo(500, within(5.0));
    var cusum = spc.get(path + "/cusum").expect(200).body();
    assertThat(cusum.at("/points/11/upper").asDouble()).isCloseTo(12 * 0.7, within(1e-9));
    assertThat(cusum.at("/points/11/signals").asBoolean()).isTrue();
    assertThat(cusum.at("/average_run_length/in_control").asDouble()).isCloseTo(465, within(1.0));
    spc.get(path + "/ewma?lambda=2").expect(422);
    var counts = spc.post(CHARACTERISTICS, "{\"name\":\"c\",\"chart_type\":\"c\"}").expect(201);
    spc.get(CHARACTERISTICS + "/" + counts.id("id") + "/cusum").expect(409);
  }

  @Test
  void attributes_areChartedByTheSizeInspected() throws Exception {
    var body = "{\"name\":\"rejects\",\"chart_type\":\"p\"}";
    var id = spc.post(CHARACTERISTICS, body).expect(201).id("id");
    for (var at = 0; at < 25; at++) {
      spc.sample(id, 5, 100).expect(201);
    }
    var path = CHARACTERISTICS + "/" + id;
    var limits = spc.post(path + "/recalculate-limits", "{}").expect(200).body();
    assertThat(limits.get("method").asString()).isEqualTo("binomial");
    assertThat(limits.get("ucl").asDouble()).isCloseTo(0.115384, within(1e-6));
    assertThat(limits.get("lcl").asDouble()).isZero();
    var taken = spc.sample(id, 20, 100).expect(201).body();
    assertThat(taken.get("zone").asString()).isEqualTo("beyond_ucl");
    assertThat(taken.get("range").isNull()).isTrue();
    spc.get(path + "/capability").expect(409);
    spc.sample(id, 101, 100).expect(422);
  }

  @Test
  void roles_decideWhoChangesWhat() throws Exception {
    spc.close();
    spc = new SpcServer(SpcServer.Setup.sqlite(data.resolve("closed")).closedToAnonymous());
    var user = spc.signIn("user@example.org", Role.USER);
    var engineer = spc.signIn("eng@example.org", SpcApplication.ENGINEER);
    var body = "{\"name\":\"bore\"}";
    spc.call("POST", CHARACTERISTICS, user, body).expect(403);
    var id = spc.call("POST", CHARACTERISTICS, engineer, body).expect(201).id("id");
    var limits = "{\"lcl\":7,\"center_line\":10,\"ucl\":13}";
    var path = CHARACTERISTICS + "/" + id;
    spc.call("PUT", path + "/limits", user, limits).expect(403);
    spc.call("PUT", path + "/limits", engineer, limits).expect(200);
    spc.call("PUT", path + "/rules", user, "{\"preset\":\"aiag\"}").expect(403);
    spc.call("POST", "/api/v1/samples", user, SpcServer.sampleJson(id, 14)).expect(201);
    var answer = "{\"reason\":\"material\",\"user\":\"somebody else\"}";
    var acknowledged =
        spc.call("POST", "/api/v1/violations/1/acknowledge", user, answer).expect(200).body();
    assertThat(acknowledged.get("ack_user").asString()).isEqualTo("user@example.org");
    var audit = spc.call("GET", "/api/v1/audit", user, null).expect(200).body().get("entries");
    assertThat(audit.at("/0/actor").asString()).isEqualTo("user@example.org");
    assertThat(audit.at("/1/action").asString()).isEqualTo("limits");
    assertThat(audit.at("/1/actor").asString()).isEqualTo("eng@example.org");
  }
}
