package dev.headway.server.transport.http;

import dev.headway.server.socket.ConnectionLimits.Slot;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;

/** The share of a connection in the limits as long as it speaks HTTP. */
final class ConnectionCount extends ChannelHandlerAdapter {
  private final Slot slot;

  ConnectionCount(Slot slot) {
    this.slot = slot;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    slot.release();
  }
}
