package dev.headway.server.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;

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

  /**
   * Writes as much as the socket takes at once, unless something waits in the channel's queue: that
   * goes out before.
   *
   * @param channel one for which this is {@link #possible}
   * @param bytes in memory outside the heap; neither changed nor released
   * @return how many bytes were taken, from 0
   * @throws IOException when the connection is broken
   */
  static int write(Channel channel, ByteBuf bytes) throws IOException {
    var queue = channel.unsafe().outboundBuffer();
    if (queue == null || queue.totalPendingWriteBytes() > 0 || !bytes.hasMemoryAddress()) {
      return 0;
    }
    var socket = (Socket) ((EpollSocketChannel) channel).fd();
    return socket.sendAddress(bytes.memoryAddress(), bytes.readerIndex(), bytes.writerIndex());
  }
}
