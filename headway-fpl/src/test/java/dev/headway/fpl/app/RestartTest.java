package dev.headway.fpl.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.fpl.app.FplServer.Setup;
import dev.headway.server.ServerConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that goes while it analyses, and comes again on the same database. */
final class RestartTest {
  @TempDir Path directory;

  private static ServerConfig impatient(ServerConfig config) {
    return config.withListen(config.listen().withDrain(Duration.ofMillis(50)));
  }

  @Test
  void restart_inMidSearch_theAnalysisEndsAndItsWatcherSeesIt() throws Exception {
    var gate = new GatedSolver();
    var setup = Setup.in(directory);
    String id;
    try (var server = new FplServer(setup.with(impatient(setup.server())).with(gate))) {
      id = server.submit(null, FplServer.TEAM_ONE);
      gate.awaitReached();
    }
    try (var server = new FplServer(setup)) {
      assertThat(server.awaitEnd(id, null).path("type").asString()).isEqualTo("complete");
      var shown = server.get("/api/v1/analyze/" + id, null).json();
      assertThat(shown.path("status").asString()).isEqualTo("completed");
      var job = server.get("/api/v1/jobs/" + id, null).json();
      assertThat(job.path("attempt").asInt()).isEqualTo(2);
    }
  }
}
