package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Remarks about samples: shown at their points, told to watchers, in exports and audited. */
final class AnnotationTest {
  @TempDir private Path data = Path.of("");
  private SpcServer spc;
  private long id;
  private long sample;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(data);
    id = spc.limited("bore");
    sample = spc.sample(id, 10.5).expect(201).id("sample_id");
  }

  @AfterEach
  void stop() {
    spc.close();
  }

  private JsonNode annotate(String text) throws Exception {
    return spc.post(
            "/api/v1/samples/%d/annotations".formatted(sample),
            "{\"text\":\"%s\",\"author\":\"eva\"}".formatted(text))
        .expect(201)
        .body();
  }

  private JsonNode listed(String query) throws Exception {
    return spc.get("/api/v1/characteristics/%d/annotations%s".formatted(id, query))
        .expect(200)
        .body()
        .get("annotations");
  }

  @Test
  void annotation_ofASample_isShownAtItsPointAndInExports() throws Exception {
    var made = annotate("gauge changed");
    assertThat(made.get("author").asString()).isEqualTo("eva");
    assertThat(listed("")).containsExactly(made);
    assertThat(listed("?to=2020-01-01T00:00:00Z")).isEmpty();
    var chart = spc.get("/api/v1/characteristics/%d/chart-data".formatted(id)).expect(200).body();
    assertThat(chart.get("annotations")).containsExactly(made);
    assertThat(spc.text("/api/v1/characteristics/%d/export?format=csv".formatted(id)))
        .contains("annotations", "gauge changed (eva)");
  }

  @Test
  void annotation_madeAndRemoved_isToldToWatchersAndAudited() throws Exception {
    try (var watcher = spc.watch(id)) {
      var made = annotate("gauge changed");
      watcher.awaitText("\"stage\"");
      spc.call("DELETE", "/api/v1/annotations/" + made.get("annotation_id"), null, null)
          .expect(204);
    }
    assertThat(listed("")).isEmpty();
    var entries =
        spc.get("/api/v1/audit?limit=2&characteristic_id=" + id).expect(200).body().get("entries");
    assertThat(entries.findValuesAsString("action"))
        .containsExactly("annotation_removed", "annotated");
    assertThat(entries.at("/0/before/text").asString()).isEqualTo("gauge changed");
    assertThat(spc.get("/api/v1/audit/verify").expect(200).body().get("whole").asBoolean())
        .isTrue();
  }

  @Test
  void annotation_ofNothingOrWithoutText_isRefused() throws Exception {
    spc.post("/api/v1/samples/9999/annotations", "{\"text\":\"x\"}").expect(404);
    spc.post("/api/v1/samples/%d/annotations".formatted(sample), "{\"text\":\"  \"}").expect(422);
    spc.call("DELETE", "/api/v1/annotations/9999", null, null).expect(404);
  }

  @Test
  void annotation_ofADeletedSample_goesWithIt() throws Exception {
    var made = annotate("taken twice");
    spc.call("DELETE", "/api/v1/samples/" + sample, null, "{\"reason\":\"twice\"}").expect(204);
    assertThat(listed("")).isEmpty();
    spc.call("DELETE", "/api/v1/annotations/" + made.get("annotation_id"), null, null).expect(404);
  }
}
