package dev.headway.server.transport.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.HttpService;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.http.RawRequest;
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
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The requests of an HTTP connection: answered one after the other, each on a virtual thread. An
 * upgrade turns the connection into a WebSocket, a streaming answer into an event stream.
 */
@SuppressWarnings(
    "FutureReturnValueIgnored") // a write that fails closes the channel, which is noticed
final class HttpHandler extends SimpleChannelInboundHandler<FullHttpRequest> {
  private static final Logger LOG = LoggerFactory.getLogger(HttpHandler.class);

  private static final long LINGER_MS = 2_000;

  private final ConnectionLoop loop;
  private final HttpService http;
  private final SocketUpgrade upgrade;
  private final RequestDeadline deadline;
  private final ArrayDeque<FullHttpRequest> waiting = new ArrayDeque<>(1);
  private boolean busy;
  private boolean leaving;

  HttpHandler(
      ConnectionLoop loop, HttpService http, SocketUpgrade upgrade, RequestDeadline deadline) {
    this.loop = loop;
    this.http = http;
    this.upgrade = upgrade;
    this.deadline = deadline;
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
      write(context, Asked.last(context, request), answer);
      return;
    }
    try {
      take(context, request);
    } catch (HeadwayException refusal) {
      write(context, Asked.last(context, request), http.refuse(bare(context, request), refusal));
    } catch (RuntimeException failure) {
      write(context, Asked.last(context, request), http.fault(bare(context, request), failure));
    }
  }

  private void take(ChannelHandlerContext context, FullHttpRequest request) {
    requireValid(request);
    if (isUpgrade(request)) {
      upgrade(context, request);
    } else {
      answer(context, request);
    }
  }

  private static void requireValid(FullHttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      throw new HeadwayException(ErrorCode.INVALID_INPUT, "The request is not valid HTTP");
    }
    // RFC 9112, section 3.2
    if (isHttp11(request) && !request.headers().contains(HttpHeaderNames.HOST)) {
      throw new HeadwayException(ErrorCode.INVALID_INPUT, "The request has no Host header");
    }
  }

  private static boolean isHttp11(HttpRequest request) {
    return request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0;
  }

  /* HTTP/1.0 knows no upgrade (RFC 9110, section 7.8). */
  private static boolean isUpgrade(FullHttpRequest request) {
    return isHttp11(request)
        && request
            .headers()
            .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  private void upgrade(ChannelHandlerContext context, FullHttpRequest request) {
    var asked = new UpgradeRequest(context.channel(), request);
    if (!asked.knownVersion()) {
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(context.channel());
      deadline.answered(context);
      return;
    }
    switch (upgrade.admission(asked)) {
      case Admission.Accepted accepted -> upgrade.accept(context, loop, asked, accepted);
      case Admission.Rejected(var refusal) -> throw refusal;
      case Admission.NoSuchSocket() -> throw HeadwayException.notFound("The socket");
    }
  }

  private void answer(ChannelHandlerContext context, FullHttpRequest request) {
    busy = true;
    // Reading stops until the answer is out: a client that only sends is held back by TCP.
    context.channel().config().setAutoRead(false);
    request.retain();
    loop.workers().execute(() -> work(context, request));
  }

  /**
   * A request whose answer is due.
   *
   * @param keepAlive whether another request may follow
   * @param bodiless whether the answer goes out without its body
   */
  private record Asked(RawRequest head, boolean keepAlive, boolean bodiless) {
    static Asked of(ChannelHandlerContext context, HttpRequest request) {
      return new Asked(
          bare(context, request),
          HttpUtil.isKeepAlive(request),
          HttpMethod.HEAD.equals(request.method()));
    }

    /** A request after which the connection is closed. */
    static Asked last(ChannelHandlerContext context, HttpRequest request) {
      return new Asked(bare(context, request), false, false);
    }
  }

  private static RawRequest bare(ChannelHandlerContext context, HttpRequest request) {
    return Headers.raw(context, request, new Body.Empty());
  }

  private void work(ChannelHandlerContext context, FullHttpRequest request) {
    var asked = Asked.of(context, request);
    var response = respond(context, request);
    context.channel().eventLoop().execute(() -> write(context, asked, response));
  }

  /* Whatever happens to a request, it is answered. */
  @SuppressWarnings("CatchingUnchecked")
  private Response respond(ChannelHandlerContext context, FullHttpRequest request) {
    try {
      return http.handle(Headers.raw(context, request, Bodies.read(request)));
    } catch (HeadwayException refusal) {
      return http.refuse(bare(context, request), refusal);
    } catch (RuntimeException | Error failure) {
      return http.fault(bare(context, request), failure);
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

  private void write(ChannelHandlerContext context, Asked asked, Response response) {
    switch (response) {
      case Response.Whole whole -> whole(context, asked, whole);
      case Response.Streaming streaming -> stream(context, asked, streaming);
    }
  }

  private void stream(ChannelHandlerContext context, Asked asked, Response.Streaming response) {
    if (!context.channel().isActive()) {
      return; // the listener has gone before its stream began
    }
    try {
      new StreamStart(loop, context).begin(response);
    } catch (HeadwayException refusal) {
      write(context, asked, http.refuse(asked.head(), refusal));
    }
  }

  private void whole(ChannelHandlerContext context, Asked asked, Response.Whole response) {
    var message = message(response, asked.bodiless());
    HttpUtil.setKeepAlive(message, asked.keepAlive());
    var written = context.writeAndFlush(message);
    if (asked.keepAlive()) {
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
      deadline.answered(context);
      context.channel().config().setAutoRead(true);
      return;
    }
    try {
      channelRead0(context, request);
    } finally {
      request.release();
    }
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
    // Both of these say that the peer has gone.
    if (!(cause instanceof IOException || cause instanceof PrematureChannelClosureException)) {
      LOG.warn("An HTTP connection is closed because of a failure", cause);
    }
    context.close();
  }
}
