package dev.headway.server.socket;

import org.jspecify.annotations.Nullable;

/** Identifies a client by its credential. Safe for use by any thread; may block. */
public interface CredentialVerifier {
  /**
   * Verifies credentials.
   *
   * @param token what was shown; null for nothing, which is judged without blocking
   * @param origin where the client comes from
   */
  Verification verify(@Nullable String token, Origin origin);

  /**
   * Where a client comes from.
   *
   * @param address the peer's address
   * @param anonymousAllowed whether it may be served without credentials if the server does so:
   *     false when it came through a proxy or from a foreign page
   */
  record Origin(String address, boolean anonymousAllowed) {}
}
