package dev.headway.fpl.data;

import dev.headway.server.limit.Backoff;
import java.net.URI;
import java.time.Duration;

/**
 * The settings of requests to the public API.
 *
 * @param baseUrl ends with a slash
 * @param timeout for one attempt, from connecting to the last byte
 * @param attempts attempts in all, at least 1
 * @param backoff waiting times between attempts
 * @param longestRetryAfter a server that asks for more patience has failed
 * @param cacheFor how long a document is used without asking again
 * @param spacing least time between two requests
 * @param maxLength longest document, in bytes
 */
public record ApiSettings(
    URI baseUrl,
    Duration timeout,
    int attempts,
    Backoff backoff,
    Duration longestRetryAfter,
    Duration cacheFor,
    Duration spacing,
    int maxLength) {
  /** Requires a directory as base. */
  public ApiSettings {
    if (!baseUrl.toString().endsWith("/")) {
      throw new IllegalArgumentException(
          "The base URL (%s) must end with a slash".formatted(baseUrl));
    }
    if (attempts < 1) {
      throw new IllegalArgumentException("The attempts (" + attempts + ") must be 1 at least");
    }
  }

  /** The settings for a base URL; the others as they suit a public server. */
  public static ApiSettings of(URI baseUrl) {
    return new ApiSettings(
        baseUrl,
        Duration.ofSeconds(15),
        4,
        new Backoff(Duration.ofMillis(500), Duration.ofSeconds(8)),
        Duration.ofSeconds(30),
        Duration.ofSeconds(300),
        Duration.ofMillis(250),
        16 << 20);
  }
}
