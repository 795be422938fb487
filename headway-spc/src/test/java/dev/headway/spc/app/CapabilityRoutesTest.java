package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * Capability that goes on with what came since it was last asked for, and is that of all samples.
 */
final class CapabilityRoutesTest {
  private static final Instant START = Instant.parse("2026-01-01T06:00:00Z");

  @TempDir private Path data = Path.of("");
  private SpcServer spc;
  private long id;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(data);
    id =
        spc.post("/api/v1/characteristics", "{\"name\":\"bore\",\"usl\":20,\"lsl\":0}")
            .expect(201)
            .id("id");
    for (var at = 0; at < 10; at++) {
      take(10 + at % 3, START.plusSeconds(60L * at));
    }
  }

  @AfterEach
  void stop() {
    spc.close();
  }

  private long take(double value, Instant at) throws Exception {
    return spc.post(
            "/api/v1/samples",
            "{\"characteristic_id\":%d,\"measurements\":[%s],\"timestamp\":\"%s\"}"
                .formatted(id, value, at))
        .expect(201)
        .id("sample_id");
  }

  private JsonNode kept() throws Exception {
    return spc.get("/api/v1/characteristics/%d/capability".formatted(id)).expect(200).body();
  }

  /* Of a range that holds all samples: read anew each time. */
  private JsonNode anew() throws Exception {
    return spc.get("/api/v1/characteristics/%d/capability?from=1990-01-01T00:00:00Z".formatted(id))
        .expect(200)
        .body();
  }

  private void assertThatBothAgree(int samples) throws Exception {
    assertThat(kept().get("samples").asInt()).isEqualTo(samples);
    assertThat(kept().get("ppk").asDouble()).isCloseTo(anew().get("ppk").asDouble(), within(1e-12));
    assertThat(kept().get("cpk").asDouble()).isCloseTo(anew().get("cpk").asDouble(), within(1e-12));
  }

  @Test
  void capability_hasTheDistributionOfAll() throws Exception {
    var distribution = kept().get("distribution");
    assertThat(distribution.get("measurements").asLong()).isEqualTo(10);
    assertThat(distribution.get("bins").valueStream().map(bin -> bin.get("count").asLong()))
        .containsExactly(4L, 3L, 3L);
    assertThat(distribution.get("above_usl").asLong()).isZero();
    assertThat(distribution.at("/normality/p_value").asDouble()).isBetween(0.0, 1.0);
    assertThat(anew().get("distribution")).isEqualTo(distribution);
  }

  @Test
  void history_afterChanges_isThatOfAll() throws Exception {
    assertThat(history("").at("/series/samples").asInt()).isEqualTo(10);
    assertThat(history("?columns=4").get("columns")).hasSize(4);
    assertThat(history("?columns=4").at("/columns/0/max").asDouble()).isEqualTo(12);
    var late = take(30, START.plusSeconds(90));
    assertThat(history("").at("/columns/2/min").asDouble()).isEqualTo(30);
    spc.call("PATCH", "/api/v1/samples/%d/exclude".formatted(late), null, "{}").expect(200);
    assertThat(history("").at("/columns/2/min").isNull()).isTrue();
    assertThat(history("?from=2026-01-01T06:08:00Z").get("columns")).hasSize(2);
    assertThat(history("?from=2027-01-01T06:08:00Z").get("columns")).isEmpty();
    spc.get("/api/v1/characteristics/%d/history?columns=0".formatted(id)).expect(422);
  }

  private JsonNode history(String query) throws Exception {
    return spc.get("/api/v1/characteristics/%d/history%s".formatted(id, query)).expect(200).body();
  }

  @Test
  void capability_afterNewLateExcludedAndDeletedSamples_isThatOfAll() throws Exception {
    assertThatBothAgree(10);
    take(11.5, START.plusSeconds(900));
    assertThatBothAgree(11);
    var late = take(8, START.plusSeconds(90));
    assertThatBothAgree(12);
    spc.call("PATCH", "/api/v1/samples/%d/exclude".formatted(late), null, "{}").expect(200);
    assertThatBothAgree(11);
    var last = take(12, START.plusSeconds(960));
    spc.call("DELETE", "/api/v1/samples/" + last, null, "{\"reason\":\"twice\"}").expect(204);
    assertThatBothAgree(11);
  }
}
