package dev.headway.server.socket;

import dev.headway.core.setting.Setting;
import dev.headway.core.setting.SettingTree;
import java.time.Duration;

/**
 * The settings of sockets.
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
    @Setting(
            name = "ws.ping-seconds",
            preset = "25",
            max = 3_600,
            text = "How often clients are pinged; 0 for never.")
        Duration ping,
    @Setting(
            name = "ws.pong-seconds",
            preset = "10",
            min = 1,
            max = 3_600,
            text = "How long a client may take to answer a ping.")
        Duration pong,
    @Setting(
            name = "ws.idle-seconds",
            preset = "300",
            min = 1,
            max = 86_400,
            text = "How long a client may be silent.")
        Duration idle,
    @Setting(
            name = "ws.max-frame-bytes",
            preset = "10240",
            min = 1_024,
            max = 1 << 20,
            text = "The largest message that is taken from a client.")
        int maxFrame,
    @Setting(
            name = "ws.messages-per-second",
            preset = "100",
            min = 1,
            max = 1_000_000,
            text = "How many messages a client may send in a second.")
        int maxMessagesPerSecond,
    @Setting(
            name = "limits.body-bytes",
            preset = "12582912",
            min = 1_024,
            max = 1 << 30,
            text =
                "The largest HTTP body that is kept in memory; routes may take less, and routes that take files take more to the disk.")
        int maxBody,
    @Setting(
            name = "ws.compress-from-bytes",
            preset = "512",
            max = 1 << 20,
            text =
                "The smallest message that is compressed for clients that offer it (permessage-deflate); 0 for never.")
        int compressFrom) {
  /** As the contracts say. */
  public static final SocketSettings DEFAULT = SettingTree.defaults(SocketSettings.class);

  /** The same with clients pinged so often; zero for never. */
  public SocketSettings withPing(Duration value) {
    return new SocketSettings(
        value, pong, idle, maxFrame, maxMessagesPerSecond, maxBody, compressFrom);
  }

  /** The same with clients that may be silent so long. */
  public SocketSettings withIdle(Duration value) {
    return new SocketSettings(
        ping, pong, value, maxFrame, maxMessagesPerSecond, maxBody, compressFrom);
  }
}
