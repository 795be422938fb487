package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.testkit.net.RecordingWatcher;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Changes of verdicts: history is judged anew, and every reader has the same answer. */
final class JudgedHistoryTest {
  private static final String CHARACTERISTICS = "/api/v1/characteristics";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path data = Path.of("");
  private SpcServer spc;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(data);
  }

  @AfterEach
  void stop() {
    spc.close();
  }

  /** Sends samples of one value each, a minute apart. */
  private List<Long> take(long id, Instant from, double... values) throws Exception {
    var samples = new ArrayList<String>();
    for (var at = 0; at < values.length; at++) {
      samples.add(sample(id, from.plusSeconds(60L * at), values[at]));
    }
    var body = "{\"samples\":[%s]}".formatted(String.join(",", samples));
    return spc.post("/api/v1/samples/batch?synchronous=true", body)
        .expect(201)
        .body()
        .get("samples")
        .valueStream()
        .map(one -> one.get("sample_id").asLong())
        .toList();
  }

  private static String sample(long id, Instant at, double... values) {
    var numbers =
        DoubleStream.of(values).mapToObj(String::valueOf).collect(Collectors.joining(","));
    return "{\"characteristic_id\":%d,\"measurements\":[%s],\"timestamp\":\"%s\"}"
        .formatted(id, numbers, at);
  }

  private JsonNode points(long id) throws Exception {
    return spc.get(CHARACTERISTICS + "/" + id + "/chart-data?limit=1000")
        .expect(200)
        .body()
        .get("points");
  }

  private List<JsonNode> violations(long id, int rule) throws Exception {
    var path = "/api/v1/violations?limit=100&characteristic_id=%d&rule_id=%d".formatted(id, rule);
    return spc.get(path).expect(200).body().get("violations").valueStream().toList();
  }

  private List<JsonNode> onMainChart(long id, int rule) throws Exception {
    return violations(id, rule).stream()
        .filter(violation -> violation.get("chart").asString().equals("individual"))
        .toList();
  }

  private void rulesAlone(long id, int rule) throws Exception {
    var rules = new ArrayList<String>();
    for (var number = 1; number <= 8; number++) {
      rules.add("{\"rule_id\":%d,\"enabled\":%s}".formatted(number, number == rule));
    }
    var body = "{\"rules\":[%s]}".formatted(String.join(",", rules));
    spc.call("PUT", CHARACTERISTICS + "/" + id + "/rules", null, body).expect(200);
  }

  private JsonNode limit(long id, String body) throws Exception {
    var path = CHARACTERISTICS + "/" + id + "/limits";
    return spc.call("PUT", path, null, body).expect(200).body();
  }

  private JsonNode recalculate(long id, String body) throws Exception {
    return spc.post(CHARACTERISTICS + "/" + id + "/recalculate-limits", body).expect(200).body();
  }

  private static double[] alternating(double center, int count) {
    var values = new double[count];
    for (var at = 0; at < count; at++) {
      values[at] = center + (at % 3 - 1) * 0.3;
    }
    return values;
  }

  @Test
  void limits_estimatedAfterwards_judgeTheSamplesTheyRestOn() throws Exception {
    var id = spc.characteristic("bore");
    var values = alternating(50, 25);
    values[3] = 56.1;
    var ids = take(id, START, values);
    assertThat(points(id).get(3).get("in_control").isNull()).as("without limits").isTrue();
    recalculate(id, "{}");
    var fourth = points(id).get(3);
    assertThat(fourth.get("zone").asString()).isEqualTo("beyond_ucl");
    assertThat(fourth.get("in_control").asBoolean(true)).isFalse();
    assertThat(onMainChart(id, 1)).hasSize(1);
    var found = onMainChart(id, 1).getFirst();
    assertThat(found.get("sample_id").asLong()).isEqualTo(ids.get(3));
    assertThat(found.get("retrospective").asBoolean()).as("alarms nobody").isTrue();
    var listed = spc.get("/api/v1/samples?characteristic_id=" + id).expect(200).body();
    assertThat(listed.at("/samples/21/in_control").asBoolean(true)).isFalse();
  }

  @Test
  void violations_thatOtherLimitsDoNotFind_areWithdrawn_andComeBackWithTheirAnswer()
      throws Exception {
    var id = spc.characteristic("bore");
    limit(id, "{\"lcl\":-3,\"center_line\":0,\"ucl\":3}");
    rulesAlone(id, 1);
    take(id, START, 5, 0, 5);
    var first = onMainChart(id, 1).getLast().get("id").asLong();
    spc.post("/api/v1/violations/%d/acknowledge".formatted(first), "{\"reason\":\"setup\"}")
        .expect(200);
    try (var watcher = spc.watch(id)) {
      limit(id, "{\"lcl\":-9,\"center_line\":0,\"ucl\":9}");
      watcher.awaitText("\"withdrawn\":true");
      watcher.awaitText("\"stage\"");
    }
    assertThat(onMainChart(id, 1)).isEmpty();
    assertThat(points(id).valueStream().allMatch(point -> point.get("in_control").asBoolean()))
        .isTrue();
    limit(id, "{\"lcl\":-3,\"center_line\":0,\"ucl\":3}");
    assertThat(onMainChart(id, 1)).hasSize(2);
    var again = onMainChart(id, 1).getLast();
    assertThat(again.get("id").asLong()).isEqualTo(first);
    assertThat(again.get("acknowledged").asBoolean()).isTrue();
  }

  @Test
  void pattern_thatGoesOnAfterItsAcknowledgment_isANewViolation_alsoAfterARestart()
      throws Exception {
    var id = spc.characteristic("bore");
    limit(id, "{\"lcl\":-3,\"center_line\":0,\"ucl\":3}");
    rulesAlone(id, 1);
    take(id, START, 5);
    var first = onMainChart(id, 1).getFirst().get("id").asLong();
    spc.post("/api/v1/violations/%d/acknowledge".formatted(first), "{\"reason\":\"setup\"}")
        .expect(200);
    take(id, START.plusSeconds(3_600), 5.5, 5.6);
    var second = onMainChart(id, 1).getFirst();
    assertThat(second.get("id").asLong()).isNotEqualTo(first);
    assertThat(second.get("acknowledged").asBoolean()).isFalse();
    assertThat(second.get("sample_count").asInt()).isEqualTo(2);
    spc.post(
            "/api/v1/violations/%d/acknowledge".formatted(second.get("id").asLong()),
            "{\"reason\":\"setup\"}")
        .expect(200);
    spc.kill();
    try (var restarted = new SpcServer(data)) {
      var taken = restarted.post("/api/v1/samples", sample(id, START.plusSeconds(7_200), 5.7));
      assertThat(taken.expect(201).body().at("/violations/0/new").asBoolean()).isTrue();
    }
  }

  @Test
  void exclusion_thatJoinsTwoRuns_leavesNoPointOutOfControlWithoutItsViolation() throws Exception {
    var id = spc.limited("bore");
    rulesAlone(id, 2);
    var ids = take(id, START, 10.5, 10.5, 10.5, 10.5, 9.5, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5);
    assertThat(onMainChart(id, 2)).isEmpty();
    var path = "/api/v1/samples/%d/exclude".formatted(ids.get(4));
    spc.call("PATCH", path, null, "{\"excluded\":true,\"reason\":\"gauge faulty\"}").expect(200);
    var points = points(id);
    assertThat(points.get(4).get("in_control").isNull()).as("excluded: not judged").isTrue();
    assertThat(points.get(9).get("in_control").asBoolean(true)).isFalse();
    assertThat(points.get(10).get("in_control").asBoolean(true)).isFalse();
    assertThat(onMainChart(id, 2)).hasSize(1);
    assertThat(onMainChart(id, 2).getFirst().get("sample_count").asInt()).isEqualTo(10);
    spc.call("PATCH", path, null, "{\"excluded\":false}").expect(200);
    assertThat(onMainChart(id, 2)).isEmpty();
    var audit = spc.get("/api/v1/audit?characteristic_id=" + id).expect(200);
    assertThat(audit.text()).contains("gauge faulty");
  }

  @Test
  void lateSample_isPlacedWhereItBelongs_andJudgedThere() throws Exception {
    var id = spc.limited("bore");
    rulesAlone(id, 2);
    var ids = take(id, START, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5, 10.5, 9.5);
    try (var watcher = spc.watch(id)) {
      var late = spc.post("/api/v1/samples", sample(id, START.plusSeconds(90), 10.4)).expect(201);
      var number = late.id("sample_id");
      watcher.await(frame -> frame.contains("\"sample\"") && frame.contains(":" + number + ","));
      assertThat(points(id).get(2).get("sample_id").asLong()).isEqualTo(number);
      var ninth = points(id).get(8);
      assertThat(ninth.get("sample_id").asLong()).isEqualTo(ids.get(7));
      assertThat(ninth.get("in_control").asBoolean(true)).isFalse();
      assertThat(onMainChart(id, 2)).hasSize(1);
      watcher.awaitText("\"violation\"");
    }
  }

  @Test
  void sampleOfTheFuture_isRefused_andBlocksNobody() throws Exception {
    var id = spc.limited("bore");
    var wrong = sample(id, Instant.parse("2099-11-30T08:00:00Z"), 1);
    assertThat(spc.post("/api/v1/samples", wrong).expect(422).text()).contains("in the future");
    spc.sample(id, 10).expect(201);
  }

  @Test
  void sample_correctedOrDeleted_isJudgedAnew_andOnRecord() throws Exception {
    var id = spc.limited("bore");
    rulesAlone(id, 1);
    var ids = take(id, START, 10, 140, 10);
    assertThat(onMainChart(id, 1)).hasSize(1);
    var path = "/api/v1/samples/" + ids.get(1);
    spc.call("PATCH", path, null, "{\"measurements\":[14]}").expect(422);
    var corrected =
        spc.call("PATCH", path, null, "{\"measurements\":[10.4],\"reason\":\"typing error\"}")
            .expect(200)
            .body();
    assertThat(corrected.get("in_control").asBoolean()).isTrue();
    assertThat(onMainChart(id, 1)).isEmpty();
    spc.call("DELETE", path, null, "{}").expect(422);
    spc.call("DELETE", path, null, "{\"reason\":\"taken twice\"}").expect(204);
    assertThat(points(id).size()).isEqualTo(2);
    var audit = spc.get("/api/v1/audit?characteristic_id=" + id).expect(200).body().get("entries");
    assertThat(audit.at("/0/action").asString()).isEqualTo("sample_deleted");
    assertThat(audit.at("/0/after/reason").asString()).isEqualTo("taken twice");
    assertThat(audit.at("/1/action").asString()).isEqualTo("corrected");
    assertThat(audit.at("/1/before/measurements/0").asDouble()).isEqualTo(140);
    assertThat(audit.at("/1/after/reason").asString()).isEqualTo("typing error");
  }

  @Test
  void stages_haveLimitsOfTheirOwn_andNoPatternCrossesThem() throws Exception {
    var id = spc.characteristic("bore");
    take(id, START, alternating(10, 25));
    var change = START.plusSeconds(86_400);
    take(id, change, alternating(20, 25));
    var first = recalculate(id, "{\"to\":\"%s\"}".formatted(START.plusSeconds(25 * 60)));
    assertThat(first.get("center_line").asDouble()).isCloseTo(10, within(0.05));
    assertThat(points(id).get(30).get("in_control").asBoolean(true)).isFalse();
    var stage =
        spc.post(
                CHARACTERISTICS + "/" + id + "/stages",
                "{\"name\":\"New tool\",\"from\":\"%s\",\"baseline\":{\"first_samples\":25}}"
                    .formatted(change))
            .expect(201)
            .body();
    assertThat(stage.at("/limits/center_line").asDouble()).isCloseTo(20, within(0.05));
    assertThat(stage.at("/baseline/kind").asString()).isEqualTo("first");
    var points = points(id);
    assertThat(points.get(30).get("in_control").asBoolean()).isTrue();
    assertThat(points.get(30).get("center_line").asDouble()).isCloseTo(20, within(0.05));
    assertThat(points.get(5).get("center_line").asDouble()).isCloseTo(10, within(0.05));
    assertThat(points.get(25).get("spread").isNull()).as("no range over the border").isTrue();
    assertThat(onMainChart(id, 1)).isEmpty();
    var stages = spc.get(CHARACTERISTICS + "/" + id + "/stages").expect(200).body().get("stages");
    assertThat(stages.size()).isEqualTo(2);
    assertThat(stages.at("/0/to")).isEqualTo(stages.at("/1/from"));
    var path = CHARACTERISTICS + "/%d/stages/%d".formatted(id, stage.get("id").asLong());
    spc.call("DELETE", path, null, null).expect(200);
    assertThat(points(id).get(30).get("in_control").asBoolean(true)).isFalse();
  }

  @Test
  void stage_badOnes_areRefused() throws Exception {
    var id = spc.characteristic("bore");
    var path = CHARACTERISTICS + "/" + id + "/stages";
    assertThat(spc.post(path, "{\"name\":\"x\"}").expect(422).text()).contains("from_sample");
    spc.post(path, "{\"from_sample\":4711}").expect(422);
    spc.post(path, "{\"from\":\"2026-01-01T00:00:00Z\"}").expect(201);
    assertThat(spc.post(path, "{\"from\":\"2026-01-01T00:00:00Z\"}").expect(409).text())
        .contains("begins at 2026-01-01T00:00:00Z already");
    var first = spc.get(path).expect(200).body().at("/stages/0/id").asLong();
    spc.call("DELETE", path + "/" + first, null, null).expect(409);
    spc.call("PATCH", path + "/4711", null, "{\"name\":\"x\"}").expect(404);
    spc.post(
            CHARACTERISTICS + "/" + id + "/recalculate-limits", "{\"to\":\"2020-01-01T00:00:00Z\"}")
        .expect(409);
    spc.post(
            CHARACTERISTICS + "/" + id + "/recalculate-limits",
            "{\"to\":\"2020-01-01T00:00:00Z\",\"first_samples\":25}")
        .expect(422);
  }

  @Test
  void limitsByHand_giveTheSpreadItsLimits_andEachPointItsOwn() throws Exception {
    var made =
        spc.post(
                CHARACTERISTICS,
                "{\"name\":\"bore\",\"chart_type\":\"xbar_r\",\"subgroup_size\":5,\"varying_size\":true}")
            .expect(201);
    var id = made.id("id");
    limit(id, "{\"lcl\":8.658359,\"center_line\":10,\"ucl\":11.341641}");
    var taken = spc.sample(id, 0, 20, 10, 5, 15).expect(201).body();
    assertThat(taken.at("/violations/0/chart").asString()).isEqualTo("range");
    spc.sample(id, 9, 11).expect(201);
    var small = points(id).get(1);
    assertThat(small.get("ucl").asDouble()).isCloseTo(10 + 3 / Math.sqrt(2), within(1e-4));
    assertThat(small.at("/spread_lines/ucl").asDouble()).isCloseTo(3.686, within(1e-3));
    var known = limit(id, "{\"center_line\":10,\"sigma\":1}");
    assertThat(known.get("method").asString()).isEqualTo("known");
    assertThat(known.at("/dispersion/ucl").asDouble()).isCloseTo(4.918, within(1e-3));
  }

  @Test
  void proportionLimits_endAtOne_andSigmaOfZeroIsNotJudged() throws Exception {
    var id =
        spc.post(CHARACTERISTICS, "{\"name\":\"p\",\"chart_type\":\"p\"}").expect(201).id("id");
    var limits = limit(id, "{\"center_line\":0.9}");
    assertThat(limits.get("ucl").asDouble()).isEqualTo(1);
    var other =
        spc.post(CHARACTERISTICS, "{\"name\":\"none\",\"chart_type\":\"p\"}").expect(201).id("id");
    for (var at = 0; at < 25; at++) {
      spc.sample(other, 0, 50).expect(201);
    }
    recalculate(other, "{}");
    var all = spc.sample(other, 50, 50).expect(201).body();
    assertThat(all.get("in_control").isNull()).as("never green").isTrue();
  }

  @Test
  void resume_afterTheServerWasKilled_bringsAcknowledgmentsAndChangesToo() throws Exception {
    var id = spc.limited("bore");
    rulesAlone(id, 1);
    take(id, START, 14);
    var first = onMainChart(id, 1).getFirst().get("id").asLong();
    String cursor;
    try (var watcher = spc.watch(id)) {
      cursor = SpcServer.json(watcher.awaitText("control_limits")).get("cursor").asString();
    }
    acknowledge(first);
    take(id, START.plusSeconds(3_600), 10, 14);
    var second = onMainChart(id, 1).getFirst().get("id").asLong();
    acknowledge(second);
    var ids = take(id, START.plusSeconds(7_200), 10.1);
    spc.call("PATCH", "/api/v1/samples/%d/exclude".formatted(ids.getFirst()), null, "{}")
        .expect(200);
    spc.call("PATCH", CHARACTERISTICS + "/" + id, null, "{\"usl\":15}").expect(200);
    spc.kill();
    try (var again = new SpcServer(data);
        var watcher = RecordingWatcher.connect(again.socket("/ws"))) {
      watcher.send(
          "{\"type\":\"subscribe\",\"characteristic_ids\":[%d],\"since\":\"%s\"}"
              .formatted(id, cursor));
      watcher.awaitText("control_limits");
      var frames = watcher.seen().stream().map(SpcServer::json).toList();
      assertThat(payloads(frames, "ack_update").map(one -> one.get("violation_id").asLong()))
          .containsExactly(first, second);
      assertThat(payloads(frames, "sample")).hasSize(3);
      assertThat(payloads(frames, "exclusion").map(one -> one.get("sample_id").asLong()))
          .containsExactly(ids.getFirst());
      assertThat(payloads(frames, "specification").map(one -> one.get("usl").asDouble()))
          .containsExactly(15.0);
    }
  }

  private static Stream<JsonNode> payloads(List<JsonNode> frames, String type) {
    return frames.stream()
        .filter(frame -> frame.get("type").asString().equals(type))
        .map(frame -> frame.get("payload"));
  }

  private void acknowledge(long violation) throws Exception {
    spc.post("/api/v1/violations/%d/acknowledge".formatted(violation), "{\"reason\":\"setup\"}")
        .expect(200);
  }

  @Test
  void resume_overALateSample_seesItOnce() throws Exception {
    var id = spc.limited("bore");
    take(id, START, 10, 10.1);
    String cursor;
    try (var watcher = spc.watch(id)) {
      cursor = SpcServer.json(watcher.awaitText("control_limits")).get("cursor").asString();
    }
    var late = take(id, START.plusSeconds(30), 10.2).getFirst();
    spc.kill();
    try (var again = new SpcServer(data);
        var watcher = RecordingWatcher.connect(again.socket("/ws"))) {
      watcher.send(
          "{\"type\":\"subscribe\",\"characteristic_ids\":[%d],\"since\":\"%s\"}"
              .formatted(id, cursor));
      watcher.awaitText("control_limits");
      var frames = watcher.seen().stream().map(SpcServer::json).toList();
      assertThat(payloads(frames, "sample").map(one -> one.get("sample_id").asLong()))
          .containsExactly(late);
    }
  }
}
