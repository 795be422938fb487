package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/**
 * Changes of stages as clients make them: whole or not at all, and told of before they are made.
 */
final class StageTest {
  private static final Instant START = Instant.parse("2026-01-01T06:00:00Z");

  @TempDir private Path data = Path.of("");
  private SpcServer spc;
  private long id;
  private String path;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(data);
    id = spc.characteristic("bore");
    path = "/api/v1/characteristics/" + id + "/stages";
    for (var at = 0; at < 60; at++) {
      var value = (at < 30 ? 10 : 12) + (at * 7 % 10 - 4.5) / 10;
      spc.post(
              "/api/v1/samples",
              "{\"characteristic_id\":%d,\"measurements\":[%s],\"timestamp\":\"%s\"}"
                  .formatted(id, value, START.plusSeconds(60L * at)))
          .expect(201);
    }
  }

  @AfterEach
  void stop() {
    spc.close();
  }

  private JsonNode stages() throws Exception {
    return spc.get(path).expect(200).body().get("stages");
  }

  @Test
  void begin_withABaselineThatGivesNoLimits_storesNothing() throws Exception {
    var from = START.plusSeconds(60 * 50);
    spc.post(path, "{\"from\":\"%s\",\"baseline\":{\"first_samples\":25}}".formatted(from))
        .expect(409);
    assertThat(stages().size()).isEqualTo(1);
  }

  @Test
  void begin_withLimitsAndRules_isOneChangeWithAnEntryForEachOfThem() throws Exception {
    var from = START.plusSeconds(60 * 30);
    var begun =
        spc.post(
                path,
                "{\"from\":\"%s\",\"name\":\"New tool\",\"limits\":{\"center_line\":12,\"sigma\":0.3},\"rules\":{\"preset\":\"shewhart\"}}"
                    .formatted(from))
            .expect(201)
            .body();
    assertThat(begun.at("/limits/method").asString()).isEqualTo("known");
    var entries =
        spc.get("/api/v1/audit?limit=3&characteristic_id=" + id).expect(200).body().get("entries");
    assertThat(entries.findValuesAsString("action")).containsExactly("limits", "rules", "stages");
  }

  @Test
  void preview_ofAChange_tellsWhatItWouldDoAndStoresNothing() throws Exception {
    var stage = stages().at("/0/id").asLong();
    var edit = "{\"baseline\":{\"first_samples\":30}}";
    var told =
        spc.call("PATCH", path + "/" + stage + "?preview=true", null, edit).expect(200).body();
    assertThat(told.get("judged").asInt()).isEqualTo(60);
    assertThat(told.get("begun").asInt()).isPositive();
    assertThat(told.at("/stage/limits/center_line").isNumber()).isTrue();
    assertThat(stages().at("/0/limits/center_line").isNull()).isTrue();
    assertThat(told.at("/found/0/rule_name").asString()).isNotBlank();
    spc.call("PATCH", path + "/" + stage, null, edit).expect(200);
    assertThat(verdicts(told.get("points"))).isEqualTo(verdicts(points()));
    var stats =
        spc.get("/api/v1/violations/stats?characteristic_id=" + id).expect(200).body().get("total");
    assertThat(stats).isEqualTo(told.get("begun"));
  }

  @Test
  void preview_ofANewStage_tellsWhatItWouldDo() throws Exception {
    var draft =
        "{\"name\":\"New tool\",\"from\":\"%s\",\"baseline\":{\"first_samples\":30}}"
            .formatted(START.plusSeconds(60 * 30));
    var told = spc.post(path + "?preview=true", draft).expect(200).body();
    assertThat(told.at("/stage/name").asString()).isEqualTo("New tool");
    assertThat(told.get("judged").asInt()).isEqualTo(30);
    assertThat(stages().size()).isEqualTo(1);
  }

  private JsonNode points() throws Exception {
    return spc.get("/api/v1/characteristics/%d/chart-data".formatted(id))
        .expect(200)
        .body()
        .get("points");
  }

  /** The verdicts of points, one a line; violations have no numbers in a preview. */
  private static String verdicts(JsonNode points) {
    var verdicts = new StringBuilder();
    points.forEach(point ->
        verdicts
            .append(point.get("sample_id"))
            .append(point.get("value"))
            .append(point.get("zone"))
            .append(point.get("in_control"))
            .append(point.get("ucl"))
            .append(point.get("violation_ids").size())
            .append('\n'));
    return verdicts.toString();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "PATCH|/exclude|{\"reason\":\"gauge\"}",
        "PATCH||{\"measurements\":[14],\"reason\":\"typed wrong\"}",
        "PATCH||{\"timestamp\":\"2026-01-01T06:05:30Z\",\"reason\":\"clock\"}",
        "DELETE||{\"reason\":\"taken twice\"}"
      })
  void preview_ofAChangedSample_isWhatTheChangeThenDoes(
      String method, @Nullable String act, String body) throws Exception {
    spc.call(
            "PUT",
            "/api/v1/characteristics/%d/limits".formatted(id),
            null,
            "{\"center_line\":10,\"sigma\":0.3}")
        .expect(200);
    var before = points();
    var sample = before.at("/40/sample_id").asLong();
    var change = "/api/v1/samples/%d%s".formatted(sample, act == null ? "" : act);
    var told = spc.call(method, change + "?preview=true", null, body).expect(200).body();
    assertThat(verdicts(points())).isEqualTo(verdicts(before));
    assertThat(spc.call(method, change, null, body).status()).isBetween(200, 204);
    assertThat(verdicts(told.get("points"))).isEqualTo(verdicts(points()));
  }

  @Test
  void preview_ofAChangedSample_needsNoReason() throws Exception {
    var sample = points().at("/40/sample_id").asLong();
    var told =
        spc.call("DELETE", "/api/v1/samples/%d?preview=true&limit=10".formatted(sample), null, "{}")
            .expect(200)
            .body();
    assertThat(told.get("points").size()).isEqualTo(10);
  }
}
