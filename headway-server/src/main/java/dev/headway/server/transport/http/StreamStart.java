package dev.headway.server.transport.http;

import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.Response;
import dev.headway.server.socket.ConnectionLimits;
import dev.headway.server.socket.StreamSession;
import dev.headway.server.transport.fanout.Framing;
import dev.headway.server.transport.socket.ConnectionLoop;
import dev.headway.server.transport.socket.Heartbeat;
import dev.headway.server.transport.socket.NettyConnection;
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
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The change from an HTTP connection to an event stream: the head goes out, the HTTP codec is
 * removed, and from then on chunks are written that all listeners share. Used on the loop.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
final class StreamStart {
  private static final long CLOSE_MS = 3_000;
  private static final Duration WAIT = Duration.ofSeconds(5);

  private final ConnectionLoop loop;
  private final ChannelHandlerContext context;

  StreamStart(ConnectionLoop loop, ChannelHandlerContext context) {
    this.loop = loop;
    this.context = context;
  }

  /**
   * Begins the stream.
   *
   * @throws HeadwayException UNAVAILABLE or RATE_LIMITED at a limit of connections; nothing has
   *     been sent then
   */
  void begin(Response.Streaming response) {
    var slots = slots(response.listener());
    context.writeAndFlush(head(response));
    var connection = connection();
    slots.forEach(connection::keep);
    var listener = new Listener(connection);
    var pipeline = context.pipeline();
    pipeline.replace(context.handler(), "stream", listener);
    pipeline.remove(ConnectionCount.class);
    pipeline.remove(RequestDeadline.class);
    pipeline.remove(BodyLimit.class);
    pipeline.remove(HttpObjectAggregator.class);
    pipeline.remove(HttpServerCodec.class);
    loop.add(connection);
    context.channel().config().setAutoRead(true);
    listener.begin(response.session());
  }

  private List<ConnectionLimits.Slot> slots(Principal listener) {
    var slot = loop.limits().acquire();
    if (slot == null) {
      throw HeadwayException.later(
          ErrorCode.UNAVAILABLE, "The server has too many connections; try again", WAIT);
    }
    var own = loop.limits().acquire(listener, null);
    if (own == null) {
      slot.release();
      throw HeadwayException.later(
          ErrorCode.RATE_LIMITED, "Too many connections; close some of them first", WAIT);
    }
    return List.of(slot, own);
  }

  /* Listeners answer no pings: the kernel and the heartbeats find out that one is gone. */
  private NettyConnection connection() {
    var now = loop.now();
    var intervals = new Heartbeat.Intervals(0, 0, Heartbeat.Intervals.NEVER, CLOSE_MS);
    var heartbeat = new Heartbeat(intervals, now, now);
    return new NettyConnection(context.channel(), Framing.CHUNK, loop, heartbeat);
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

  /** The reader of a stream's connection: drops what the listener sends, notices its end. */
  private static final class Listener extends ChannelInboundHandlerAdapter {
    private final NettyConnection connection;
    private @Nullable StreamSession session;

    Listener(NettyConnection connection) {
      this.connection = connection;
    }

    void begin(StreamSession.Opening opening) {
      connection.actions().execute(() -> session = opening.open(connection));
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
      connection
          .actions()
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
