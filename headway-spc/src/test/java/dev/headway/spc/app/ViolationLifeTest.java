package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The life of a violation: open, acknowledged, closed with its cause and the action. */
final class ViolationLifeTest {
  private static final String CLOSURE =
      "{\"cause\":\"Nozzle 3 blocked\",\"action\":\"Cleaned\",\"user\":\"ada\"}";

  @TempDir private Path data = Path.of("");
  private SpcServer spc;
  private long id;
  private long violation;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(data);
    id = spc.limited("bore");
    violation = spc.sample(id, 99).expect(201).body().at("/violations/0/violation_id").asLong();
  }

  @AfterEach
  void stop() {
    spc.close();
  }

  private JsonNode shown() throws Exception {
    var found = spc.get("/api/v1/violations?characteristic_id=" + id).expect(200).body();
    return found
        .get("violations")
        .valueStream()
        .filter(one -> one.get("id").asLong() == violation)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void violation_isAcknowledgedBeforeItIsClosed_andClosedOnce() throws Exception {
    var path = "/api/v1/violations/" + violation;
    assertThat(shown().get("state").asString()).isEqualTo("open");
    assertThat(shown().get("active").asBoolean()).isTrue();
    assertThat(spc.post(path + "/close", CLOSURE).expect(409).text()).contains("acknowledged");
    spc.post(path + "/acknowledge", "{\"reason\":\"looking into it\"}").expect(200);
    assertThat(shown().get("state").asString()).isEqualTo("acknowledged");
    var closed = spc.post(path + "/close", CLOSURE).expect(200).body();
    assertThat(closed.get("cause").asString()).isEqualTo("Nozzle 3 blocked");
    assertThat(closed.get("closed_by").asString()).isEqualTo("ada");
    assertThat(shown().get("state").asString()).isEqualTo("closed");
    spc.post(path + "/close", CLOSURE).expect(409);
    spc.post("/api/v1/violations/4711/close", CLOSURE).expect(404);
    var entry = spc.get("/api/v1/audit?limit=1&characteristic_id=" + id).expect(200).body();
    assertThat(entry.at("/entries/0/action").asString()).isEqualTo("closed");
    assertThat(entry.at("/entries/0/after/action").asString()).isEqualTo("Cleaned");
  }

  @Test
  void violation_whosePatternIsOver_isNotActive() throws Exception {
    spc.sample(id, 10).expect(201);
    assertThat(shown().get("active").asBoolean()).isFalse();
  }
}
