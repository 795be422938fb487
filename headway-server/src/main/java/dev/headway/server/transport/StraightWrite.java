package dev.headway.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Hands shared bytes to the kernel without a detour through the pipeline and the channel's queue,
 * which cost more than all else that a delivery costs in user time (docs/benchmarks.md). Used on
 * the channel's loop.
 */
final class StraightWrite {
  private StraightWrite() {}

  /** Whether a channel's bytes go out as they are: epoll, and nothing that encrypts them. */
  static boolean possible(Channel channel) {
    return channel instanceof EpollSocketChannel
        && channel.pipeline().get(SslHandler.class) == null;
  }

  /** The channel's socket when nothing waits in its queue, which goes out before; else null. */
  static @Nullable Socket free(Channel channel) {
    var queue = channel.unsafe().outboundBuffer();
    return queue == null || queue.totalPendingWriteBytes() > 0
        ? null
        : (Socket) ((EpollSocketChannel) channel).fd();
  }

  /**
   * Writes as much as a socket takes at once.
   *
   * @param socket of a channel in whose queue nothing waits
   * @param bytes neither changed nor released
   * @return how many bytes were taken; 0 as well when the connection is closed or broken, which
   *     whoever writes through the channel is told
   */
  static int write(Socket socket, ByteBuf bytes) {
    // A closed socket's number may belong to another connection by now.
    if (!socket.isOpen() || !bytes.hasMemoryAddress()) {
      return 0;
    }
    try {
      return socket.sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
    } catch (IOException _) {
      return 0;
    }
  }
}
