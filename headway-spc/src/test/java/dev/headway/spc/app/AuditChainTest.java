package dev.headway.spc.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.spc.store.SpcStore;
import dev.headway.store.Database;
import dev.headway.store.DatabaseConfig;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The hash chain of the audit trail, over changes made by REST and behind its back. */
final class AuditChainTest {
  @TempDir private Path data = Path.of("");
  private SpcServer spc;

  @BeforeEach
  void start() throws Exception {
    spc = new SpcServer(data);
    for (var name : new String[] {"bore", "depth", "weight"}) {
      var id = spc.limited(name);
      var sample = spc.sample(id, 99).expect(201).id("sample_id");
      spc.call(
              "PATCH",
              "/api/v1/samples/%d/exclude".formatted(sample),
              null,
              "{\"reason\":\"gauge faulty\"}")
          .expect(200);
    }
  }

  @AfterEach
  void stop() {
    spc.close();
  }

  private JsonNode verdict() throws Exception {
    return spc.get("/api/v1/audit/verify").expect(200).body();
  }

  @Test
  void trail_thatNobodyTouched_isWhole_andItsHeadMovesOn() throws Exception {
    var before = verdict();
    assertThat(before.get("whole").asBoolean()).isTrue();
    assertThat(before.get("entries").asInt()).isGreaterThanOrEqualTo(9);
    spc.characteristic("another");
    var after = verdict();
    assertThat(after.get("whole").asBoolean()).isTrue();
    assertThat(after.get("head")).isNotEqualTo(before.get("head"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "UPDATE spc_audit SET actor = 'somebody else' WHERE id = 5",
        "UPDATE spc_audit SET after = '{}' WHERE id = 5",
        "UPDATE spc_audit SET at = at + 1 WHERE id = 5",
        "DELETE FROM spc_audit WHERE id = 4",
        "DELETE FROM spc_audit WHERE id = (SELECT max(id) FROM spc_audit)"
      })
  void trail_thatWasTouched_isBrokenFromThereOn(String statement) throws Exception {
    var before = verdict().get("entries").asInt();
    try (var database = Database.open(new DatabaseConfig.Sqlite(data.resolve("spc.db")))) {
      database.write(handle -> handle.execute(statement));
      var verdict = SpcStore.open(database).audit().verify();
      assertThat(verdict.whole()).isFalse();
      assertThat(verdict.broken()).isBetween(5L, before + 1L);
    }
  }
}
