package dev.headway.spring.health;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.ClientException;
import java.time.Duration;

/**
 * A look whether the server answers, and accepts the token where there is one. Thread-safe.
 *
 * <p>An application without it is told to be of unknown health, never to be down: its work goes on
 * unshown, so nobody should take it out of service.
 */
record ServerCheck(HeadwayClient client) {
  /** Less than the second after which most probes give up. */
  private static final Duration WITHIN = Duration.ofMillis(800);

  /** What a health endpoint calls the version of the server. */
  static final String VERSION = "version";

  /**
   * The version of the server.
   *
   * @throws ClientException when it cannot be had, or does not accept the token
   */
  String version() {
    var rest = client.rest();
    var version = rest.get("/health", WITHIN).path("version").asString("");
    if (rest.token() != null) {
      rest.get("/api/v1/auth/me", WITHIN);
    }
    return version;
  }
}
