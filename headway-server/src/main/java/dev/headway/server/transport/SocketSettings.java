package dev.headway.server.transport;

import java.time.Duration;

/**
 * How sockets behave.
 *
 * @param ping how often a client is pinged; zero for never
 * @param pong how long it may take to answer
 * @param idle how long it may be silent
 * @param maxFrame the largest message that is taken, in bytes
 * @param maxMessagesPerSecond how many messages a client may send in a second
 * @param maxBody the largest HTTP body that is taken, in bytes
 * @param compressFrom the smallest message that is compressed for clients that can read it, in
 *     bytes; 0 for none
 */
public record SocketSettings(
    Duration ping,
    Duration pong,
    Duration idle,
    int maxFrame,
    int maxMessagesPerSecond,
    int maxBody,
    int compressFrom) {
  /** As the contracts say. */
  public static final SocketSettings DEFAULT =
      new SocketSettings(
          Duration.ofSeconds(25),
          Duration.ofSeconds(10),
          Duration.ofSeconds(300),
          10_240,
          100,
          12 * 1024 * 1024,
          512);
}
