package dev.headway.server.transport.socket;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.util.List;

/**
 * A decoder of WebSocket frames that makes room for one of larger ones, between two messages, once
 * the client may send them.
 */
public final class FrameDecoder extends WebSocket13FrameDecoder {
  private final WebSocketDecoderConfig config;
  private final NettyConnection connection;
  private boolean betweenMessages = true;
  private boolean inMessage;

  /**
   * @param config with the largest frame that is taken at first
   * @param connection says when larger ones are taken, once
   */
  public FrameDecoder(WebSocketDecoderConfig config, NettyConnection connection) {
    super(config);
    this.config = config;
    this.connection = connection;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    var size = connection.largestMessage();
    if (betweenMessages && size > config.maxFramePayloadLength()) {
      var larger = config.toBuilder().maxFramePayloadLength(size).build();
      context.pipeline().replace(this, null, new WebSocket13FrameDecoder(larger));
      return; // what has been read goes on to the replacement
    }
    var decoded = out.size();
    var unread = in.readableBytes();
    super.decode(context, in, out);
    if (out.size() > decoded) {
      betweenMessages = endsMessage((WebSocketFrame) out.getLast());
    } else if (in.readableBytes() < unread) {
      betweenMessages = false;
    }
  }

  /* A control frame may come within a message of several frames (RFC 6455, section 5.4). */
  private boolean endsMessage(WebSocketFrame frame) {
    inMessage = control(frame) ? inMessage : !frame.isFinalFragment();
    return !inMessage;
  }

  private static boolean control(WebSocketFrame frame) {
    return frame instanceof PingWebSocketFrame
        || frame instanceof PongWebSocketFrame
        || frame instanceof CloseWebSocketFrame;
  }
}
