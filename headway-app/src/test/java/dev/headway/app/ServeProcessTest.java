package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.testkit.net.RecordingWatcher;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program as its users start and stop it. */
final class ServeProcessTest {
  private static final Map<String, String> SPOKEN =
      Map.of("HEADWAY_AUTH_RELOAD_SECONDS", "7", "HEADWAY_LOG_LEVEL", "info");

  @TempDir private Path data = Path.of("");

  @Test
  void stop_watcherIsConnected_isToldAndTheExitIsClean() throws Exception {
    try (var server = ServeProcess.start(data, SPOKEN);
        var client = HttpClient.newHttpClient()) {
      var url = server.url();
      assertThat(get(client, url + "/health")).isEqualTo(200);
      assertThat(get(client, url + "/ready")).isEqualTo(200);
      try (var watcher = RecordingWatcher.connect(url.replace("http", "ws") + "/api/v1/stream")) {
        watcher.next();

        server.stop();

        assertThat(watcher.awaitClose().code()).isEqualTo(1012);
      }
      assertThat(server.exitCode()).isZero();
      assertThat(server.log())
          .contains("port=0 (--port)", "reload-seconds=7 (HEADWAY_AUTH_RELOAD_SECONDS)")
          .contains("Clients without a token are served")
          .contains("Stopped")
          .doesNotContain("WARN", "ERROR", "Exception");
    }
  }

  private static int get(HttpClient client, String url) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url)).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void start_unknownVariable_endsWithOneLine() throws Exception {
    try (var server = ServeProcess.start(data, Map.of("HEADWAY_PROT", "8000"))) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.log())
          .isEqualTo(
              "headway: Unknown environment variable HEADWAY_PROT; did you mean HEADWAY_PORT?");
    }
  }
}
