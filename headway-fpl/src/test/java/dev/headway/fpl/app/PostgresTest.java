package dev.headway.fpl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.fpl.app.FplServer.Setup;
import dev.headway.store.DatabaseConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same tables and statements on PostgreSQL. */
final class PostgresTest {
  @TempDir Path directory;

  @Test
  void analysis_fromSubmitToDelete_worksOnPostgres() throws Exception {
    var gate = new GatedSolver();
    gate.open();
    try (var postgres = EmbeddedPostgres.start()) {
      var url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres.getPort());
      var database = new DatabaseConfig.Postgres(url, "postgres", "postgres");
      try (var server = new FplServer(Setup.in(directory).with(database).with(gate))) {
        var token = server.signIn("ada@example.org");
        var first = server.analysed(token, FplServer.TEAM_ONE);
        assertThat(first.path("status").asString()).isEqualTo("completed");
        int searched = gate.searches();
        var again = server.analysed(token, FplServer.TEAM_ONE);
        assertThat(again.path("results")).isEqualTo(first.path("results"));
        assertThat(gate.searches()).isEqualTo(searched);
        var page = server.get("/api/v1/analyze?page_size=1", token).json();
        assertThat(page.path("total").asInt()).isEqualTo(2);
        assertThat(page.at("/analyses/0/analysis_id")).isEqualTo(again.path("analysis_id"));
        var after = "/api/v1/analyze?page_size=2&after=" + page.path("next").asString();
        assertThat(server.get(after, token).json().at("/analyses/0/analysis_id"))
            .isEqualTo(first.path("analysis_id"));
        var path = "/api/v1/analyze/" + first.path("analysis_id").asString();
        assertThat(server.call("DELETE", path, token, null).status()).isEqualTo(204);
        assertThat(server.get("/api/v1/analyze", token).json().path("total").asInt()).isEqualTo(1);
      }
    }
  }
}
