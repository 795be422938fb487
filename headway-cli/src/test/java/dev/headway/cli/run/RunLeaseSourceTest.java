package dev.headway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headway.client.HeadwayClient;
import dev.headway.client.http.UnreachableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lease of a command's job, from a server that takes the job and gives no lease. */
final class RunLeaseSourceTest {
  private static final String ID = "01980a3c-6b1e-7c41-9d0e-2f4a5b6c7d8e";
  private static final RunRequest REQUEST =
      new RunRequest("test", List.of("true"), List.of(), Duration.ZERO, Duration.ZERO, false);

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private HeadwayClient client;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    client =
        HeadwayClient.at(URI.create("http://localhost:" + server.getAddress().getPort())).build();
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath();
    calls.add(path);
    exchange.getRequestBody().readAllBytes();
    if (path.endsWith("/claim")) {
      exchange.sendResponseHeaders(204, -1);
    } else {
      var job = "{\"id\":\"%s\",\"job_type\":\"command:test\",\"status\":\"queued\"}".formatted(ID);
      exchange.sendResponseHeaders(200, job.length());
      exchange.getResponseBody().write(job.getBytes(StandardCharsets.UTF_8));
    }
    exchange.close();
  }

  @Test
  void withdraw_jobThatWasNeverClaimed_cancelsIt() {
    var leases = new RunLeaseSource(client, REQUEST, "run-test", job -> {}, away -> {});
    assertThatThrownBy(() -> leases.attach(null)).isInstanceOf(UnreachableException.class);
    leases.withdraw();
    assertThat(calls)
        .containsExactly("/api/v1/jobs", "/api/v1/jobs/claim", "/api/v1/jobs/" + ID + "/cancel");
  }

  @Test
  void withdraw_nothingSubmitted_callsNobody() {
    new RunLeaseSource(client, REQUEST, "run-test", job -> {}, away -> {}).withdraw();
    assertThat(calls).isEmpty();
  }
}
