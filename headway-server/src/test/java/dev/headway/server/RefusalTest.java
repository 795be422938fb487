package dev.headway.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.headway.server.address.AddressBlock;
import dev.headway.server.address.TrustedProxies;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.testkit.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Answers to whatever arrives, seen byte by byte from outside. */
@Execution(ExecutionMode.CONCURRENT) // the longest of the module, which would end alone
final class RefusalTest {
  private static final String KEY = "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n";
  private static final String UPGRADE =
      "Host: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";

  @TempDir Path data;
  private TestServer server;

  @BeforeEach
  void start() throws Exception {
    server = server(ConnectionLimits.Settings.DEFAULT);
  }

  private TestServer server(ConnectionLimits.Settings limits) throws Exception {
    return new TestServer(
        data.resolve("limit-" + limits.total() + "-" + limits.perUser()),
        config -> config.withPlaces(limits));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** Sends bytes and reads the first line of the answer, and more up to the end of its head. */
  private static String answer(TestServer to, String request) throws IOException {
    try (var socket = connect(to, request)) {
      return head(socket);
    }
  }

  private static Socket connect(TestServer to, String request) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), to.server.port());
    socket.setSoTimeout((int) Patience.LONG.toMillis());
    socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  private static String head(Socket socket) throws IOException {
    var text = new StringBuilder();
    var in = socket.getInputStream();
    while (text.indexOf("\r\n\r\n") < 0) {
      var next = in.read();
      if (next < 0) {
        break;
      }
      text.append((char) next);
    }
    return text.toString();
  }

  private static String post(String path, String type, String body) {
    return "POST %s HTTP/1.1\r\nHost: localhost\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s"
        .formatted(path, type, body.length(), body);
  }

  @ParameterizedTest
  @ValueSource(strings = {"username=a&password=50%off", "username=%zz&password=x", "a=%"})
  void form_withABrokenEscape_is400(String form) throws Exception {
    var request = post("/api/v1/auth/login", "application/x-www-form-urlencoded", form);

    assertThat(answer(server, request)).startsWith("HTTP/1.1 400");
  }

  @Test
  void form_withTooManyFields_is413() throws Exception {
    var request =
        post("/api/v1/auth/login", "application/x-www-form-urlencoded", "a=1&".repeat(129));

    assertThat(answer(server, request)).startsWith("HTTP/1.1 413");
  }

  @Test
  void multipart_withAnEmptyBoundary_is400() throws Exception {
    var request = post("/api/v1/auth/login", "multipart/form-data; boundary=", "--b\r\n\r\nx");

    assertThat(answer(server, request)).startsWith("HTTP/1.1 400");
  }

  @Test
  void request_withoutHost_is400() throws Exception {
    assertThat(answer(server, "GET /health HTTP/1.1\r\n\r\n")).startsWith("HTTP/1.1 400");
  }

  @Test
  void request_withTwoHosts_is400() throws Exception {
    var hosts = "Host: localhost\r\nHost: evil.example\r\n";
    assertThat(answer(server, "GET /health HTTP/1.1\r\n" + hosts + "\r\n"))
        .startsWith("HTTP/1.1 400");
    var upgrade = UPGRADE.replace("Host: localhost\r\n", hosts);
    assertThat(
            answer(
                server,
                "GET /api/v1/stream HTTP/1.1\r\n"
                    + upgrade
                    + "Sec-WebSocket-Version: 13\r\n"
                    + KEY
                    + "\r\n"))
        .startsWith("HTTP/1.1 400");
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "evil.example:8000", "localhost.evil.example"})
  void host_ofAnotherName_is421OnEveryDoor(String host) throws Exception {
    var register = "{\"email\":\"eve@example.org\",\"password\":\"correct horse\"}";
    var registering =
        post("/api/v1/auth/register", "application/json", register)
            .replace("Host: localhost", "Host: " + host + "\r\nOrigin: http://" + host);
    assertThat(answer(server, registering)).startsWith("HTTP/1.1 421");
    assertThat(answer(server, "GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n"))
        .startsWith("HTTP/1.1 421");
    var socket =
        "GET /api/v1/stream HTTP/1.1\r\n"
            + UPGRADE.replace("localhost", host)
            + "Sec-WebSocket-Version: 13\r\n"
            + KEY
            + "\r\n";
    assertThat(answer(server, socket)).startsWith("HTTP/1.1 421");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Via: 1.1 proxy", "X-Forwarded-Host: plant.example", "X-Real-IP: 1.2.3.4"})
  void request_throughAProxy_isNeverAnonymous(String header) throws Exception {
    var request = "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n%s\r\n\r\n".formatted(header);

    assertThat(answer(server, request)).startsWith("HTTP/1.1 401");
  }

  /* What nginx sends by default: the address of the server for its name, and nothing of itself. */
  @Test
  void request_ofHttp10_isNeverAnonymous() throws Exception {
    assertThat(answer(server, "GET /api/v1/jobs HTTP/1.0\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 401");
    assertThat(answer(server, "GET /api/v1/jobs HTTP/1.1\r\nHost: localhost\r\n\r\n"))
        .startsWith("HTTP/1.1 200");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Sec-WebSocket-Version: 13\r\n",
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: short\r\n",
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: !!!!!!!!!!!!!!!!!!!!!!==\r\n",
      })
  void upgrade_withoutAKey_is400(String headers) throws Exception {
    var request = "GET /api/v1/stream HTTP/1.1\r\n" + UPGRADE + headers + "\r\n";

    assertThat(answer(server, request)).startsWith("HTTP/1.1 400");
    assertThat(server.server.connections()).isZero();
  }

  @Test
  void upgrade_byPost_is400() throws Exception {
    var request =
        "POST /api/v1/stream HTTP/1.1\r\n"
            + UPGRADE
            + "Sec-WebSocket-Version: 13\r\n"
            + KEY
            + "\r\n";

    assertThat(answer(server, request)).startsWith("HTTP/1.1 400");
  }

  @Test
  void upgrade_ofAnotherVersion_is426() throws Exception {
    var request =
        "GET /api/v1/stream HTTP/1.1\r\n"
            + UPGRADE
            + "Sec-WebSocket-Version: 99\r\n"
            + KEY
            + "\r\n";

    assertThat(answer(server, request))
        .startsWith("HTTP/1.1 426")
        .containsIgnoringCase("sec-websocket-version: 13");
  }

  @Test
  void body_thatTheRouteDoesNotTake_is413ByItsHead() throws Exception {
    var head =
        "POST /api/v1/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n";

    assertThat(answer(server, head + "Content-Length: 12000000\r\n\r\n"))
        .startsWith("HTTP/1.1 413");
    var chunk = "4000\r\n" + "x".repeat(0x4000) + "\r\n";
    assertThat(answer(server, head + "Transfer-Encoding: chunked\r\n\r\n" + chunk + chunk))
        .startsWith("HTTP/1.1 413");
  }

  @Test
  void firstMessage_withABadToken_refusesNoOtherClientOfTheAddress() throws Exception {
    for (var at = 0; at < 4; at++) {
      try (var socket = new RawSocket(server.server.port(), "/api/v1/stream", "Via: 1.1 proxy")) {
        assertThat(socket.head()).startsWith("HTTP/1.1 101");
        assertThat(socket.read().text()).contains("hello");
        socket.sendText("{\"op\":\"auth\",\"id\":1,\"token\":\"garbage\"}");
        assertThat(socket.readClose()).isEqualTo(4403);
      }
    }
  }

  @Test
  void signIns_failedByOneClientOfAProxy_lockOutNoOther() throws Exception {
    server.close();
    var proxy = new TrustedProxies(Set.of(AddressBlock.of("127.0.0.1")));
    server = new TestServer(data.resolve("proxied"), config -> TestServer.behind(config, proxy));
    server.signIn("ada@example.org");
    for (var at = 0; at < 20; at++) {
      assertThat(signIn("x" + at, "wrong", "198.51.100.9").statusCode()).isEqualTo(401);
    }
    assertThat(signIn("ada", "correct horse", "198.51.100.9").statusCode()).isEqualTo(429);
    var token = TestServer.json(signIn("ada", "correct horse", "203.0.113.7")).get("access_token");
    assertThat(server.call("GET", "/api/v1/auth/tokens", token.asString(), null).body())
        .contains("203.0.113.7");
  }

  private HttpResponse<String> signIn(String name, String password, String client)
      throws Exception {
    var login = "{\"username\":\"%s@example.org\",\"password\":\"%s\"}".formatted(name, password);
    return server.call("POST", "/api/v1/auth/login", null, login, "X-Forwarded-For", client);
  }

  @Test
  void pings_moreThanMessagesMayBe_closeTheSocket() throws Exception {
    try (var socket = new RawSocket(server.server.port(), "/api/v1/stream")) {
      for (var at = 0; at < 400; at++) {
        socket.send(9, new byte[0], true);
      }
      await().until(() -> server.server.connections() == 0);
    }
    assertThat(server.call("GET", "/metrics", null, null).body())
        .contains("headway_refusals_total{reason=\"messages\"} 1.0");
  }

  @Test
  void sockets_withoutAToken_haveAFewPlacesOfTheirOwn() throws Exception {
    server.close();
    server = server(new ConnectionLimits.Settings(1_000, 1_000, 10));
    var request =
        "GET /api/v1/stream HTTP/1.1\r\nVia: 1.1 proxy\r\n"
            + UPGRADE
            + "Sec-WebSocket-Version: 13\r\n"
            + KEY
            + "\r\n";
    var held = new ArrayList<Socket>();
    for (var at = 0; at < 50; at++) {
      held.add(connect(server, request));
      assertThat(head(held.getLast())).startsWith("HTTP/1.1 101");
    }
    assertThat(answer(server, request))
        .startsWith("HTTP/1.1 429")
        .containsIgnoringCase("retry-after: 5");
    for (var socket : held) {
      socket.close();
    }
    await().until(() -> server.server.connections() == 0);
    assertThat(answer(server, request)).startsWith("HTTP/1.1 101");
  }

  private String events(String accept) throws Exception {
    return "GET /api/v1/jobs/%s/events HTTP/1.1\r\nHost: localhost\r\nAccept: %s\r\n\r\n"
        .formatted(server.submit(null), accept);
  }

  @Test
  void eventStream_overTheLimitOfAll_is503() throws Exception {
    server.close();
    server = server(new ConnectionLimits.Settings(1, 100, 10));
    var request = events("text/event-stream");
    try (var first = connect(server, request)) {
      assertThat(head(first)).startsWith("HTTP/1.1 200");
      assertThat(answer(server, request))
          .startsWith("HTTP/1.1 503")
          .containsIgnoringCase("retry-after: 5");
    }
    await().until(() -> server.server.connections() == 0);
    assertThat(answer(server, request)).startsWith("HTTP/1.1 200");
  }

  @Test
  void eventStream_overTheLimitOfAClient_is429() throws Exception {
    server.close();
    server = server(new ConnectionLimits.Settings(10, 1, 10));
    var request = events("application/x-ndjson");
    try (var first = connect(server, request)) {
      assertThat(head(first)).startsWith("HTTP/1.1 200");
      assertThat(answer(server, request))
          .startsWith("HTTP/1.1 429")
          .containsIgnoringCase("retry-after: 5");
      assertThat(server.server.connections()).isEqualTo(1);
    }
    await().until(() -> server.server.connections() == 0);
  }

  @Test
  void eventStream_resetAtAnyMoment_leavesNothingBehind() throws Exception {
    var request = events("text/event-stream");
    for (var at = 0; at < 100; at++) {
      var socket = connect(server, request);
      socket.setSoLinger(true, 0); // closing resets
      if (at % 2 == 0) {
        head(socket);
      }
      socket.close();
    }
    await().until(() -> server.server.connections() == 0);
    try (var listener = connect(server, request)) {
      assertThat(head(listener)).startsWith("HTTP/1.1 200");
    }
  }
}
