package dev.headway.server.transport;

import dev.headway.server.http.Response;
import dev.headway.server.socket.StreamSession;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * Turns an HTTP connection into a stream of events: sends the head, takes the HTTP codec out, and
 * from then on writes chunks that all listeners share. On the loop.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
final class StreamStart {
  private final LoopState loop;
  private final ChannelHandlerContext context;

  StreamStart(LoopState loop, ChannelHandlerContext context) {
    this.loop = loop;
    this.context = context;
  }

  void begin(Response.Streaming response) {
    var slot = loop.shared().limits().acquire();
    if (slot == null) {
      context.close();
      return;
    }
    context.writeAndFlush(head(response));
    var now = loop.now();
    // Nobody answers pings here: the kernel and the heartbeats find out that a listener is gone.
    var pulse = new Pulse(new Pulse.Intervals(0, 0, Pulse.Intervals.NEVER, 3_000), now, now);
    var connection = new NettyConnection(context.channel(), Framing.CHUNK, loop, pulse);
    connection.keep(slot);
    var listener = new Listener(connection, loop);
    var pipeline = context.pipeline();
    pipeline.replace(HttpHandler.class, "stream", listener);
    pipeline.remove(HttpObjectAggregator.class);
    pipeline.remove(HttpServerCodec.class);
    loop.add(connection);
    context.channel().config().setAutoRead(true);
    listener.begin(response.session());
  }

  private static DefaultHttpResponse head(Response.Streaming response) {
    var head =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
    response.headers().forEach((name, value) -> head.headers().set(name, value));
    head.headers()
        .set(HttpHeaderNames.CONTENT_TYPE, response.format().mediaType())
        .set(HttpHeaderNames.CACHE_CONTROL, "no-store")
        .set("X-Accel-Buffering", "no")
        .set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return head;
  }

  /** Notices when a listener goes; whatever it still sends is dropped. */
  private static final class Listener extends ChannelInboundHandlerAdapter {
    private final NettyConnection connection;
    private final LoopState loop;
    private @Nullable StreamSession session;

    Listener(NettyConnection connection, LoopState loop) {
      this.connection = connection;
      this.loop = loop;
    }

    void begin(StreamSession.Opening opening) {
      connection.turns().execute(() -> session = opening.open(connection));
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
      ReferenceCountUtil.release(message);
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
      if (context.channel().isWritable()) {
        connection.writableAgain();
      }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      connection.gone();
      loop.remove(connection);
      connection
          .turns()
          .execute(() -> {
            if (session != null) {
              session.closed();
            }
          });
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      context.close();
    }
  }
}
