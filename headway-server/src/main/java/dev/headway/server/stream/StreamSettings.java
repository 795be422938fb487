package dev.headway.server.stream;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * The settings that the native stream sends in its first frame.
 *
 * @param server names the node
 * @param epoch names this run of the server
 * @param ping how often clients are pinged
 * @param reconnectMin the shortest time that a client waits before it connects again
 * @param reconnectMax the longest, over which clients spread
 */
public record StreamSettings(
    String server, String epoch, Duration ping, Duration reconnectMin, Duration reconnectMax) {
  /** A moment of the window over which clients spread. */
  public Duration reconnect(RandomGenerator random) {
    return Duration.ofMillis(random.nextLong(reconnectMin.toMillis(), reconnectMax.toMillis() + 1));
  }
}
