package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Charts as they were at earlier times, by the audit trail. */
final class PastChartTest {
  @TempDir private Path data = Path.of("");
  private SpcServer spc;
  private long id;
  private String chart;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(data);
    id = spc.limited("bore");
    chart = "/api/v1/characteristics/" + id;
  }

  @AfterEach
  void stop() {
    spc.close();
  }

  /** A time after all that was done before, and before all that is done later. */
  private static Instant moment() {
    var moment = Instant.now().truncatedTo(ChronoUnit.MILLIS).plusMillis(1);
    while (!Instant.now().isAfter(moment)) {
      Thread.onSpinWait();
    }
    return moment;
  }

  private JsonNode present() throws Exception {
    return plain(spc.get(chart + "/chart-data").expect(200).body());
  }

  private JsonNode asOf(Instant time) throws Exception {
    return plain(spc.get(chart + "/chart-data?as_of=" + time).expect(200).body());
  }

  /* Violations of the past are found anew and have no numbers. */
  private static JsonNode plain(JsonNode chart) {
    for (var point : chart.get("points")) {
      var ids = ((ObjectNode) point).remove("violation_ids");
      ((ObjectNode) point).put("violations", ids.size());
    }
    return chart;
  }

  private void change(String method, String path, String body) throws Exception {
    assertThat(spc.call(method, path, null, body).status()).isBetween(200, 204);
  }

  private long sample(double value) throws Exception {
    return spc.sample(id, value).expect(201).id("sample_id");
  }

  @Test
  void chart_asOfATimeBeforeManyChanges_isAsItWas() throws Exception {
    var first = sample(10.5);
    var second = sample(12.5);
    var third = sample(14);
    change("POST", "/api/v1/samples/%d/annotations".formatted(third), "{\"text\":\"tool broke\"}");
    var before = present();
    var then = moment();
    change("PATCH", "/api/v1/samples/" + third, "{\"measurements\":[10],\"reason\":\"typed\"}");
    change("PATCH", "/api/v1/samples/%d/exclude".formatted(first), "{\"reason\":\"gauge\"}");
    change("DELETE", "/api/v1/samples/" + second, "{\"reason\":\"twice\"}");
    change("PUT", chart + "/limits", "{\"lcl\":0,\"center_line\":1,\"ucl\":2}");
    change("PUT", chart + "/rules", "{\"preset\":\"nelson\"}");
    change("PATCH", chart, "{\"usl\":20,\"name\":\"Bore 2\"}");
    change(
        "POST",
        chart + "/stages",
        "{\"from\":\"%s\",\"name\":\"New tool\",\"limits\":{\"center_line\":5,\"sigma\":1}}"
            .formatted(Instant.now().minusSeconds(3_600)));
    sample(11);
    assertThat(present()).isNotEqualTo(before);
    assertThat(asOf(then)).isEqualTo(before);
  }

  @Test
  void chart_asOfATimeBeforeItsStageWasRemoved_hasItWithLimitsAndRules() throws Exception {
    sample(10.5);
    var stage =
        spc.post(
                chart + "/stages",
                "{\"from\":\"%s\",\"name\":\"New tool\",\"limits\":{\"center_line\":5,\"sigma\":1},\"rules\":{\"preset\":\"nelson\"}}"
                    .formatted(Instant.now().minusSeconds(3_600)))
            .expect(201)
            .id("id");
    var before = present();
    assertThat(before.at("/points/0/in_control").asBoolean()).isFalse();
    var then = moment();
    change("DELETE", chart + "/stages/" + stage, "{}");
    assertThat(present().at("/points/0/in_control").asBoolean()).isTrue();
    assertThat(asOf(then)).isEqualTo(before);
  }

  @Test
  void chart_asOfATimeBeforeALateSample_lacksIt() throws Exception {
    sample(10.5);
    var before = present();
    var then = moment();
    spc.post(
            "/api/v1/samples",
            "{\"characteristic_id\":%d,\"measurements\":[10],\"timestamp\":\"%s\"}"
                .formatted(id, then.minusSeconds(3_600)))
        .expect(201);
    assertThat(present().get("points").size()).isEqualTo(2);
    assertThat(asOf(then)).isEqualTo(before);
  }

  @Test
  void chart_asOfATimeBeforeItWasMade_isAConflict() throws Exception {
    spc.get(chart + "/chart-data?as_of=2020-01-01T00:00:00Z").expect(409);
    spc.get(chart + "/chart-data?as_of=yesterday").expect(422);
    spc.get(chart + "/chart-data?as_of=2090-01-01T00:00:00Z").expect(422);
    spc.get("/api/v1/characteristics/9999/chart-data?as_of=2020-01-01T00:00:00Z").expect(404);
  }
}
