package dev.headway.server.transport.fanout;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.unix.Socket;
import io.netty.handler.ssl.SslHandler;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Writes of shared bytes straight to the kernel. The way through the pipeline and the channel's
 * queue costs more user time than all the rest of a delivery (docs/benchmarks.md). Used on the
 * channel's event loop.
 */
public final class DirectWrite {
  private DirectWrite() {}

  /** Returns whether a channel's bytes go out as they are: over epoll, and not encrypted. */
  public static boolean possible(Channel channel) {
    return channel instanceof EpollSocketChannel
        && channel.pipeline().get(SslHandler.class) == null;
  }

  /** Returns the channel's socket if its queue is empty; null if queued bytes must go out first. */
  public static @Nullable Socket free(Channel channel) {
    var queue = channel.unsafe().outboundBuffer();
    return queue == null || queue.totalPendingWriteBytes() > 0
        ? null
        : (Socket) ((EpollSocketChannel) channel).fd();
  }

  /**
   * Writes as many bytes as a socket takes at once.
   *
   * @param socket of a channel with an empty queue
   * @param bytes neither changed nor released
   * @return the number of bytes taken; 0 as well when the connection is closed or broken, which the
   *     next write through the channel finds out
   */
  public static int write(Socket socket, ByteBuf bytes) {
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
