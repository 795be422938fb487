package dev.headway.server.transport.http;

import dev.headway.server.socket.ConnectionLimits.Slot;
import dev.headway.server.transport.socket.ConnectionLoop;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;

/** The share of a connection in the limits, and its place on its loop, while it speaks HTTP. */
final class ConnectionCount extends ChannelHandlerAdapter {
  private final ConnectionLoop loop;
  private final Slot slot;

  ConnectionCount(ConnectionLoop loop, Slot slot) {
    this.loop = loop;
    this.slot = slot;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    loop.addHttp(context.channel());
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    slot.release();
    loop.removeHttp(context.channel());
  }
}
