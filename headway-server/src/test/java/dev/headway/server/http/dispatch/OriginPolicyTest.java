package dev.headway.server.http.dispatch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.http.OriginPolicy;
import dev.headway.server.http.RawRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The rights of web pages, by REST and by socket. */
class OriginPolicyTest {
  private static final RawRequest.Peer DIRECT =
      new RawRequest.Peer("127.0.0.1", false, true, () -> true);

  private static final Served LOOPBACK = Served.onLoopback();
  private static final Served OPEN = Served.onAllAddresses();

  /** Columns: server, origin, status of GET /jobs without a token, and with one. */
  @ParameterizedTest
  @CsvSource({
    "loopback, , 204, 204",
    "loopback, http://localhost:8000, 204, 204",
    "loopback, https://app.example.org, 204, 204",
    "loopback, HTTPS://APP.EXAMPLE.ORG, 204, 204",
    "loopback, http://localhost:3000, 401, 204",
    "loopback, http://127.0.0.1:5173, 401, 204",
    "loopback, http://localhost, 401, 204",
    "loopback, https://localhost:3000, 403, 403",
    "loopback, http://localhost.evil.example, 403, 403",
    "loopback, http://127.0.0.1.evil.example, 403, 403",
    "loopback, http://localhost:3000@evil.example, 403, 403",
    "loopback, http://evil.example, 403, 403",
    "loopback, null, 403, 403",
    "open, , 401, 204",
    "open, http://localhost:8000, 401, 204",
    "open, https://app.example.org, 401, 204",
    "open, http://localhost:3000, 403, 403",
    "open, http://evil.example, 403, 403"
  })
  void request_fromOrigin_isAnsweredAsTheTableSays(
      String server, String origin, int withoutToken, int withToken) {
    var served = server.equals("open") ? OPEN : LOOPBACK;

    assertThat(call(served, origin).send().status()).isEqualTo(withoutToken);
    var answer = call(served, origin).token("user").send();
    assertThat(answer.status()).isEqualTo(withToken);
    if (origin != null && withToken == 204) {
      assertThat(answer.headers())
          .containsEntry("Access-Control-Allow-Origin", origin)
          .containsEntry("Vary", "Origin");
      assertThat(answer.headers().get("Access-Control-Expose-Headers"))
          .contains("Location", "ETag");
    } else {
      assertThat(answer.headers()).doesNotContainKey("Access-Control-Allow-Origin");
    }
  }

  private static Served.Call call(Served served, String origin) {
    var call = served.call("GET", "/jobs");
    return origin == null ? call : call.header("origin", origin);
  }

  @Test
  void preflight_ofAllowedOrigin_namesMethodsAndHeaders() {
    var answer =
        LOOPBACK
            .call("OPTIONS", "/api/v1/jobs")
            .header("origin", "http://localhost:3000")
            .header("access-control-request-method", "POST")
            .header("access-control-request-headers", "authorization,content-type")
            .send();

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.headers().get("Access-Control-Allow-Methods")).contains("GET", "POST");
    assertThat(answer.headers().get("Access-Control-Allow-Headers"))
        .contains("Authorization", "Content-Type");
  }

  @Test
  void preflight_ofForeignOrigin_isRefused() {
    var answer =
        LOOPBACK
            .call("OPTIONS", "/api/v1/jobs")
            .header("origin", "http://evil.example")
            .header("access-control-request-method", "POST")
            .send();

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.headers()).doesNotContainKey("Access-Control-Allow-Methods");
  }

  @Test
  void signIn_fromAnotherLocalPort_isPossible() {
    var answer =
        LOOPBACK
            .call("POST", "/api/v1/auth/login")
            .header("origin", "http://localhost:3000")
            .json("{\"username\":\"a\",\"password\":\"b\"}")
            .send();

    assertThat(answer.status()).isEqualTo(204);
  }

  @ParameterizedTest
  @CsvSource({
    "localhost:8000, true",
    "127.0.0.1:8000, true",
    "127.0.0.2, true",
    "[::1]:8000, true",
    "evil.example:8000, false",
    "localhost.evil.example, false"
  })
  void clientOf_hostHeader_onlyLoopbackNamesAreAnonymous(String host, boolean anonymous) {
    var client = new OriginPolicy(Set.of(), true).clientOf(DIRECT, Map.of("host", host));

    assertThat(client.anonymousAllowed()).isEqualTo(anonymous);
  }

  @ParameterizedTest
  @CsvSource({"forwarded", "x-forwarded-for", "x-real-ip"})
  void clientOf_throughProxy_isNeverAnonymous(String header) {
    var headers = Map.of("host", "localhost:8000", header, "203.0.113.7");

    assertThat(new OriginPolicy(Set.of(), true).clientOf(DIRECT, headers).anonymousAllowed())
        .isFalse();
  }

  /** Columns: origin, whether a socket is let through without and with a token. */
  @ParameterizedTest
  @CsvSource({
    ", true, true",
    "http://localhost:8000, true, true",
    "http://localhost:3000, false, true",
    "http://evil.example, false, false"
  })
  void allows_socket_asTheTableSays(String origin, boolean without, boolean with) {
    var policy = new OriginPolicy(Set.of(), true);

    assertThat(
            List.of(
                policy.allows(origin, "localhost:8000", false),
                policy.allows(origin, "localhost:8000", true)))
        .containsExactly(without, with);
  }

  @Test
  void host_malformed_isInvalidInput() {
    LOOPBACK.call("GET", "/health").header("host", "a b/c").problem(400);
  }

  @Test
  void baseUrl_behindTlsProxy_namesHttps() {
    assertThat(
            OriginPolicy.baseUrl(
                Map.of("host", "jobs.example.org", "x-forwarded-proto", "https"), false))
        .isEqualTo("https://jobs.example.org");
  }
}
