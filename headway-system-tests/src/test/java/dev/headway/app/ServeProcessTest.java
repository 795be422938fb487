package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.testkit.net.RecordingWatcher;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** The program as its users start and stop it. */
@Execution(ExecutionMode.CONCURRENT) // each waits for processes of its own
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

  @Test
  void kill_whileAScheduleIsPlanned_theNextStartEndsItAndItsWatcherSeesTheEnd() throws Exception {
    var token = "";
    try (var server = ServeProcess.start(data, Map.of());
        var client = HttpClient.newHttpClient()) {
      token = signIn(client, server.url());
      post(client, server.url() + "/api/v1/schedule", hardSchedule(), token);
      try (var watcher = watchSchedule(server.url(), token)) {
        watcher.awaitText("above the bound");
        server.kill();
      }
    }
    try (var server = ServeProcess.start(data, Map.of());
        var watcher = watchSchedule(server.url(), token)) {
      var end = watcher.awaitWithin(Duration.ofMinutes(4), frame -> frame.contains("complete\""));
      assertThat(end).contains("\"makespan\"", "\"schedule_id\":1");
      assertThat(watcher.awaitClose().code()).isEqualTo(1000);
    }
  }

  private static RecordingWatcher watchSchedule(String url, String token) {
    return RecordingWatcher.connect(url.replace("http", "ws") + "/ws/schedule/1?token=" + token);
  }

  private static String signIn(HttpClient client, String url) throws Exception {
    var account = "{\"email\":\"ada@example.org\",\"password\":\"correct horse\"}";
    post(client, url + "/api/v1/auth/register", account, "");
    var form = "username=ada%40example.org&password=correct+horse";
    var answer = post(client, url + "/api/v1/auth/login", form, "");
    return answer.replaceFirst(".*\"access_token\":\"([^\"]*)\".*", "$1");
  }

  /** Lots on three lines, where the bound is loose: the search uses all of its time. */
  private static String hardSchedule() {
    var lots =
        IntStream.rangeClosed(1, 120)
            .mapToObj(at ->
                "{\"lot_id\":\"L%d\",\"lot_type\":\"Vial%d\",\"vials\":%d}"
                    .formatted(at, at % 4, 20_000 + at * 7_919 % 900_000))
            .collect(Collectors.joining(","));
    return "{\"strategy\":\"best\",\"config\":{\"lines\":3,\"time_limit_seconds\":5},\"lots_data\":[%s]}"
        .formatted(lots);
  }

  private static String post(HttpClient client, String url, String body, String token)
      throws Exception {
    var json = body.startsWith("{");
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", json ? "application/json" : "application/x-www-form-urlencoded")
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return client.send(request.build(), BodyHandlers.ofString()).body();
  }

  private static int get(HttpClient client, String url) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url)).build();
    return client.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void start_withoutSomeApplications_leavesNoTraceOfThem() throws Exception {
    try (var server = ServeProcess.start(data, Map.of("HEADWAY_APPLICATIONS", "jobs, spc"));
        var client = HttpClient.newHttpClient()) {
      var url = server.url();
      assertThat(text(client, url + "/health")).contains("\"applications\":[\"spc\"]");
      assertThat(get(client, url + "/api/v1/characteristics")).isEqualTo(200);
      for (var gone : List.of("/api/v1/schedule", "/api/v1/comparisons", "/api/v1/analyze/1")) {
        assertThat(get(client, url + gone)).as(gone).isEqualTo(404);
      }
      assertThat(text(client, url + "/openapi.yaml").toLowerCase(Locale.ROOT))
          .contains("characteristic")
          .doesNotContain("schedule", "comparison", "analyz");
      assertThat(text(client, url + "/asyncapi.yaml").toLowerCase(Locale.ROOT))
          .contains("characteristic")
          .doesNotContain("schedule", "comparison", "analysis", "filling");
    }
  }

  @Test
  void start_unknownApplication_endsWithOneLine() throws Exception {
    try (var server = ServeProcess.start(data, Map.of("HEADWAY_APPLICATIONS", "jobs, sqc"))) {
      assertThat(server.exitCode()).isEqualTo(1);
      assertThat(server.log()).contains("\"sqc\" is not some of filling, fpl, jobs, spc");
    }
  }

  private static String text(HttpClient client, String url) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(url)).build();
    return client.send(request, BodyHandlers.ofString()).body();
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
