package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
    spc.call("PATCH", path + "/" + stage, null, edit).expect(200);
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
}
