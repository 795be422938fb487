package dev.headway.server.http;

import dev.headway.server.socket.Verification;
import org.jspecify.annotations.Nullable;

/** Finds out who asks. Thread-safe; may block. */
@FunctionalInterface
public interface Authenticator {
  /**
   * Checks a token, or decides whether a client without one is served.
   *
   * @param token the bearer token; null when none was shown
   * @param origin where the client is
   */
  Verification verify(@Nullable String token, Origin origin);

  /**
   * Where a client is, as far as that matters for serving it without a token.
   *
   * @param address the peer's IP address
   * @param direct whether it asks this server by a loopback name and no proxy stands between; a
   *     client that is not direct is never anonymous
   */
  record Origin(String address, boolean direct) {}
}
