package dev.headway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example in Python, run as its users run it. */
final class SpcExampleTest {
  @TempDir private static Path data = Path.of("");
  private static ServeProcess server;
  private static HttpClient client;

  @BeforeAll
  static void start() throws Exception {
    server = ServeProcess.start(data, Map.of());
    client = HttpClient.newHttpClient();
    for (var id = 1; id <= 2; id++) {
      send("POST", "characteristics", "{\"name\":\"c%d\"}".formatted(id));
      var limits = "{\"lcl\":7,\"center_line\":10,\"ucl\":13}";
      send("PUT", "characteristics/%d/limits".formatted(id), limits);
    }
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  private static void send(String method, String path, String body) throws Exception {
    var request =
        HttpRequest.newBuilder(URI.create(server.url() + "/api/v1/" + path))
            .header("Content-Type", "application/json")
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    assertThat(client.send(request, BodyHandlers.ofString()).statusCode()).isIn(200, 201);
  }

  private static void sample(long id, double value) throws Exception {
    var body = "{\"characteristic_id\":%d,\"measurements\":[%s]}".formatted(id, value);
    send("POST", "samples", body);
  }

  @Test
  void basic_showsSamplesAndViolations() throws Exception {
    try (var example = new Example("basic", "1")) {
      example.await("watcher", "subscribed", "[1]");
      sample(1, 14.5);
      example.await("#1 14.5 beyond_ucl OUT OF CONTROL");
      example.await("CRITICAL #1");
    }
  }

  @Test
  void several_eachWatchesItsOwn() throws Exception {
    try (var example = new Example("several", "1", "2")) {
      example.await("first", "subscribed", "[1, 2]");
      example.await("second", "subscribed", "[2]");
      sample(1, 10.125);
      sample(2, 10.25);
      example.await("first", "#1 10.1");
      example.await("first", "#2 10.2");
      example.await("second", "#2 10.2");
      assertThat(example.said).noneMatch(line -> line.startsWith("second") && line.contains("#1 "));
    }
  }

  @Test
  void heartbeat_isAnswered() throws Exception {
    try (var example = new Example("heartbeat", "1")) {
      example.await("heartbeat", "pong");
    }
  }

  /** A run of the example. */
  private static final class Example implements AutoCloseable {
    private final Process process;
    private final BufferedReader lines;
    private final List<String> said = new ArrayList<>();

    Example(String... arguments) throws IOException {
      var command =
          new ArrayList<>(List.of("/usr/bin/python3", "-u", "../examples/python/spc_watch.py"));
      command.addAll(List.of(arguments));
      var builder = new ProcessBuilder(command).redirectErrorStream(true);
      builder.environment().put("HEADWAY_URL", server.url().replace("http", "ws") + "/ws");
      process = builder.start();
      lines =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** A line, said already or next, that has all of these; fails when the example ends before. */
    void await(String... parts) throws IOException {
      while (said.stream().noneMatch(line -> Stream.of(parts).allMatch(line::contains))) {
        var line = lines.readLine();
        assertThat(line).as("after " + said).isNotNull();
        said.add(String.valueOf(line));
      }
    }

    @Override
    public void close() {
      process.destroyForcibly();
    }
  }
}
