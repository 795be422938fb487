package dev.headway.client.stream;

import java.time.Duration;

/** The state of a client's connection. */
public sealed interface ConnectionState {
  /**
   * Events flow.
   *
   * @param webSocket false when the network lets no WebSocket through, so that Server-Sent Events
   *     take its place
   */
  record Connected(boolean webSocket) implements ConnectionState {}

  /**
   * The connection was lost; nothing is missed.
   *
   * @param after the time until the next try
   * @param reason for a person
   */
  record Reconnecting(Duration after, String reason) implements ConnectionState {}

  /** The server has lost its own connection to the other servers: events may come late. */
  record Degraded() implements ConnectionState {}

  /**
   * The server does not take the token any more; it needs another one to go on.
   *
   * @param reason for a person
   */
  record TokenRefused(String reason) implements ConnectionState {}
}
