package dev.headway.server.transport.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.HttpService;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.http.Request.Body;
import dev.headway.server.http.Response;
import dev.headway.server.socket.SocketGate.Admission;
import dev.headway.server.transport.http.UploadedRequest.Outcome;
import dev.headway.server.transport.socket.ConnectionLoop;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The requests of an HTTP connection: answered one after the other, each on a virtual thread. An
 * upgrade turns the connection into a WebSocket, a streaming answer into an event stream.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final long LINGER_MS = 2_000;

  private final ConnectionLoop loop;
  private final HttpService http;
  private final SocketUpgrade upgrade;
  private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>(1);
  private boolean busy;
  private boolean leaving;

  HttpHandler(ConnectionLoop loop, HttpService http, SocketUpgrade upgrade) {
    this.loop = loop;
    this.http = http;
    this.upgrade = upgrade;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    if (leaving) {
      forget(request);
      return;
    }
    if (busy) {
      waiting.add(request.retain());
      return;
    }
    if (request instanceof UploadedRequest uploaded
        && uploaded.outcome() instanceof Outcome.Refused(var answer)) {
      write(context, answer, false, false);
      return;
    }
    if (!request.decoderResult().isSuccess()) {
      var invalid = new HeadwayException(ErrorCode.INVALID_INPUT, "The request is not valid HTTP");
      refuse(context, request, invalid);
      return;
    }
    if (isUpgrade(request)) {
      upgrade(context, request);
      return;
    }
    answer(context, request);
  }

  private static boolean isUpgrade(FullHttpRequest request) {
    return request
        .headers()
        .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
    var asked = new UpgradeRequest(context.channel(), request);
    switch (upgrade.admission(asked)) {
      case Admission.Accepted accepted -> upgrade.accept(context, loop, asked, accepted);
      case Admission.Rejected rejected -> refuse(context, request, refusal(rejected));
      case Admission.NoSuchSocket() ->
          refuse(context, request, HeadwayException.notFound("The socket"));
    }
  }

  private void answer(ChannelHandlerContext context, FullHttpRequest request) {
    busy = true;
    // Reading stops until the answer is out: a client that only sends is held back by TCP.
    context.channel().config().setAutoRead(false);
    request.retain();
    loop.workers().execute(() -> work(context, request));
  }

  private void work(ChannelHandlerContext context, FullHttpRequest request) {
    var keepAlive = HttpUtil.isKeepAlive(request);
    var head = HttpMethod.HEAD.equals(request.method());
    var response = respond(context, request);
    context.channel().eventLoop().execute(() -> write(context, response, keepAlive, head));
  }

  private Response respond(ChannelHandlerContext context, FullHttpRequest request) {
    try {
      return http.handle(Headers.raw(context, request, Bodies.read(request)));
    } catch (Bodies.UnreadableFormException unreadable) {
      var invalid =
          new HeadwayException(
              ErrorCode.INVALID_INPUT, "The form cannot be read: " + unreadable.getMessage());
      return http.refuse(Headers.raw(context, request, new Body.Empty()), invalid);
    } finally {
      request.release();
      forget(request);
    }
  }

  private static void forget(FullHttpRequest request) {
    if (request instanceof UploadedRequest uploaded
        && uploaded.outcome() instanceof Outcome.Stored(var file)) {
      Upload.close(file);
    }
  }

  private void write(
      ChannelHandlerContext context, Response response, boolean keepAlive, boolean head) {
    switch (response) {
      case Response.Whole whole -> whole(context, whole, keepAlive, head);
      case Response.Streaming streaming -> new StreamStart(loop, context).begin(streaming);
    }
  }

  private void whole(
      ChannelHandlerContext context, Response.Whole response, boolean keepAlive, boolean head) {
    var message = message(response, head);
    HttpUtil.setKeepAlive(message, keepAlive);
    var written = context.writeAndFlush(message);
    if (keepAlive) {
      next(context);
    } else {
      leave(context, written);
    }
  }

  /*
   * Whoever is still sending would see a reset instead of the answer if the connection were closed
   * at once (RFC 9112, section 9.6): it is told the end, and what it sends is dropped for a while.
   */
  private void leave(ChannelHandlerContext context, ChannelFuture written) {
    leaving = true;
    var channel = context.channel();
    written.addListener(_ -> {
      if (channel instanceof DuplexChannel duplex) {
        duplex.shutdownOutput();
      }
      channel.config().setAutoRead(true);
      channel.eventLoop().schedule(() -> channel.close(), LINGER_MS, TimeUnit.MILLISECONDS);
    });
  }

  private static HttpResponse message(Response.Whole response, boolean head) {
    var body = head ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body());
    var message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()), body);
    response.headers().forEach((name, value) -> message.headers().set(name, value));
    if (!response.mediaType().isEmpty()) {
      message.headers().set(HttpHeaderNames.CONTENT_TYPE, response.mediaType());
    }
    if (response.status() != 204 && response.status() != 304) {
      message.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, response.body().length);
    }
    return message;
  }

  private void next(ChannelHandlerContext context) {
    busy = false;
    var request = waiting.poll();
    if (request == null) {
      context.channel().config().setAutoRead(true);
      return;
    }
    try {
      channelRead0(context, request);
    } finally {
      request.release();
    }
  }

  private void refuse(
      ChannelHandlerContext context, FullHttpRequest request, HeadwayException refusal) {
    var answer = http.refuse(Headers.raw(context, request, new Body.Empty()), refusal);
    write(context, answer, false, false);
  }

  private static HeadwayException refusal(Admission.Rejected rejected) {
    var wait = Duration.ofSeconds(rejected.retryAfter());
    return switch (rejected.status()) {
      case 403 -> new HeadwayException(ErrorCode.AUTHORIZATION_ERROR, rejected.message());
      case 429 -> HeadwayException.later(ErrorCode.RATE_LIMITED, rejected.message(), wait);
      default -> HeadwayException.later(ErrorCode.UNAVAILABLE, rejected.message(), wait);
    };
  }

  /** The bytes of an answer to a body that is too large; the aggregator sends it. */
  static DefaultFullHttpResponse tooLarge(int limit) {
    var body =
        JsonCodec.bytes(
            Map.of(
                "detail", Bodies.tooLarge(limit),
                "code", ErrorCode.TOO_LARGE.name(),
                "request_id", "-"));
    var message =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1,
            HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
            Unpooled.wrappedBuffer(body));
    message.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
    message.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.length);
    message.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    return message;
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) {
    waiting.forEach(request -> {
      request.release();
      forget(request);
    });
    waiting.clear();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
    context.close();
  }
}
