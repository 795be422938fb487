package dev.headway.server.transport.fanout;

import io.netty.buffer.ByteBuf;
import io.netty.channel.unix.Socket;
import org.jspecify.annotations.Nullable;

/** A connection, as fan-out sees it. Used on the connection's event loop. */
public interface Outlet {
  /** Returns whether the connection is open and its queue has room. */
  boolean writable();

  /**
   * Writes bytes that other connections are sent, too: directly to the socket where that is
   * possible; what the socket does not take at once waits in the channel's queue.
   *
   * @param bytes neither changed nor released
   * @return the socket when it took all of them, so that the next write may be direct; else null
   */
  @Nullable Socket writeShared(ByteBuf bytes);
}
