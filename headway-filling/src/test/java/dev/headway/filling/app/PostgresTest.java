package dev.headway.filling.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.filling.app.FillingServer.Setup;
import dev.headway.store.DatabaseConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same tables and statements on PostgreSQL. */
final class PostgresTest {
  @TempDir Path directory;

  @Test
  void scheduleAndComparison_fromSubmitToDelete_workOnPostgres() throws Exception {
    try (var postgres = EmbeddedPostgres.start()) {
      var url = "jdbc:postgresql://127.0.0.1:%d/postgres".formatted(postgres.getPort());
      var database = new DatabaseConfig.Postgres(url, "postgres", "postgres");
      try (var server = new FillingServer(Setup.in(directory).with(database))) {
        var token = server.signIn("ada@example.org");
        var schedule = server.submit(token, FillingServer.THREE_LOTS);
        assertThat(server.awaitEnd("schedule", schedule, token).path("type").asString())
            .isEqualTo("complete");
        var query = "/api/v1/schedules?status=completed&strategy=smart&search=THREE&page_size=1";
        var page = server.get(query, token).json();
        assertThat(page.path("total").asInt()).isEqualTo(1);
        assertThat(page.path("schedules").path(0).path("makespan").asDouble()).isEqualTo(96);
        var after = server.get(query + "&after=" + page.path("next").asString(), token).json();
        assertThat(after.path("schedules").isEmpty()).isTrue();
        assertThat(after.path("total").asInt()).isEqualTo(1);
        var shown = server.get("/api/v1/schedule/" + schedule, token).json();
        assertThat(shown.path("activities_json").size()).isEqualTo(6);
        var both =
            FillingServer.THREE_LOTS.replace(
                "\"name\"", "\"strategies\": [\"lpt\", \"given\"], \"name\"");
        var comparison = server.post("/api/v1/compare", token, both).json().path("id").asLong();
        var end = server.awaitEnd("comparison", comparison, token);
        assertThat(end.path("result").path("strategies").size()).isEqualTo(2);
        assertThat(server.call("DELETE", "/api/v1/schedule/" + schedule, token, null).status())
            .isEqualTo(200);
        assertThat(server.get("/api/v1/schedules", token).json().path("total").asInt()).isZero();
        assertThat(server.get("/api/v1/comparisons", token).json().path("total").asInt())
            .isEqualTo(1);
      }
    }
  }
}
