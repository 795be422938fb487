package dev.headway.server.http;

import dev.headway.server.socket.Verification;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds out who asks. Thread-safe; may block. */
@FunctionalInterface
public interface Authenticator {
  /**
   * Checks a token, or decides whether a client without one is served.
   *
   * @param token the bearer token; null when none was shown
   * @param client where the client is
   */
  Verification verify(@Nullable String token, Client client);

  /**
   * Where a client is, as far as that matters for serving it without a token.
   *
   * @param address the peer's IP address
   * @param direct whether it asks this server by a loopback name, no proxy stands between, and no
   *     page of another origin is behind it; a client that is not direct is never anonymous
   */
  record Client(String address, boolean direct) {
    private static final List<String> PROXY_HEADERS =
        List.of("forwarded", "x-forwarded-for", "x-real-ip");

    /**
     * The client behind a request. The Host header must name a loopback address, because a page
     * whose domain has been pointed at 127.0.0.1 (DNS rebinding) looks local in all else.
     *
     * @param headers by lower-case name
     */
    public static Client of(String address, Map<String, String> headers, OriginPolicy.Trust trust) {
      var host = headers.get("host");
      var direct =
          trust.servesAnonymous()
              && PROXY_HEADERS.stream().noneMatch(headers::containsKey)
              && (host == null || OriginPolicy.namesLoopback(host));
      return new Client(address, direct);
    }
  }
}
