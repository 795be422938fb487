package dev.headway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.headway.client.HeadwayClient;
import dev.headway.client.http.LeaseLostException;
import dev.headway.client.http.Problem;
import dev.headway.client.http.UnreachableException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The lease of a command's job, from a server that answers as it is told to. */
final class RunLeaseSourceTest {
  private static final UUID ID = UUID.fromString("01980a3c-6b1e-7c41-9d0e-2f4a5b6c7d8e");
  private static final Pattern KEY = Pattern.compile("\"idempotency_key\":\"([^\"]*)\"");
  private final LeaseLostException lost =
      new LeaseLostException(409, new Problem("The lease was lost", "LEASE_LOST", List.of(), ""));
  private static final RunRequest REQUEST =
      new RunRequest("test", List.of("true"), List.of(), Duration.ZERO, Duration.ZERO, false);

  private final List<String> calls = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final Queue<String> answers = new ConcurrentLinkedQueue<>();
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
    if (exchange.getRequestURI().getPath().equals("/api/v1/stream")) { // it has no WebSocket
      exchange.sendResponseHeaders(404, -1);
      exchange.close();
      return;
    }
    var sent = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    calls.add(exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath());
    keys.addAll(KEY.matcher(sent).results().map(found -> found.group(1)).toList());
    var body = answers.remove().getBytes(StandardCharsets.UTF_8);
    if (body.length == 0) { // it was taken, and the answer is lost
      exchange.close();
      return;
    }
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private static String job(String status) {
    return """
    {"id":"%s","job_type":"command:test","status":"%s","lease":"l",
     "lease_expires_at":"2026-11-30T08:00:00Z"}
    """
        .formatted(ID, status);
  }

  private RunLeaseSource leases() {
    return new RunLeaseSource(client, REQUEST, "run-test", job -> {}, away -> {});
  }

  @Test
  void attach_answerLost_submitsAgainUnderTheSameKey() {
    answers.addAll(List.of("", job("in_progress")));
    var leases = leases();

    assertThatThrownBy(() -> leases.attach(null)).isInstanceOf(UnreachableException.class);
    assertThat(leases.unreachable()).isTrue();
    assertThat(leases.attach(null).job().id()).isEqualTo(ID);

    assertThat(keys).containsExactly("run-test-0", "run-test-0");
    assertThat(leases.unreachable()).isFalse();
  }

  @Test
  void attach_jobFailedWithItsLease_beginsAnotherOne() {
    answers.addAll(List.of(job("in_progress"), job("failed"), job("in_progress")));
    var leases = leases();
    leases.attach(null);

    leases.attach(lost);

    assertThat(calls)
        .containsExactly("POST /api/v1/jobs", "GET /api/v1/jobs/" + ID, "POST /api/v1/jobs");
    assertThat(keys).containsExactly("run-test-0", "run-test-1");
  }

  @Test
  void attach_jobWasCancelled_isNotBegunAgain() {
    answers.addAll(List.of(job("in_progress"), job("cancelled")));
    var leases = leases();
    leases.attach(null);

    assertThatThrownBy(() -> leases.attach(lost)).isSameAs(lost);
  }
}
