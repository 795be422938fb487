package dev.headway.server.transport.http;

import io.netty.channel.ChannelFuture;
import io.netty.channel.socket.DuplexChannel;
import java.util.concurrent.TimeUnit;

/**
 * The close of a connection after its last answer. A client that is still sending would see a reset
 * instead of the answer if the connection were closed at once (RFC 9112, section 9.6): this side
 * ends its half first, and reads on for a while.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
final class LingeringClose {
  private static final long LINGER_MS = 2_000;

  private LingeringClose() {}

  /**
   * Closes the connection once its last answer is out.
   *
   * @param written the writing of the answer
   */
  static void after(ChannelFuture written) {
    var channel = written.channel();
    written.addListener(_ -> {
      if (channel instanceof DuplexChannel duplex) {
        duplex.shutdownOutput();
      }
      channel.config().setAutoRead(true);
      channel.eventLoop().schedule(() -> channel.close(), LINGER_MS, TimeUnit.MILLISECONDS);
    });
  }
}
