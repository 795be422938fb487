package dev.headway.server.transport.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.address.TrustedProxies;
import dev.headway.server.http.HttpService;
import dev.headway.server.limit.ClientKey;
import dev.headway.server.limit.Quota;
import dev.headway.server.limit.RefusalReason;
import dev.headway.server.socket.ConnectionLimits;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The limits of bodies that are gathered in memory. One that is larger than its operation takes is
 * refused by its head, or as soon as it has grown too large; so is one for which its client, or all
 * clients together, have too much in memory already. Bytes count from their arrival until the
 * connection waits for its next request. Used on the connection's loop.
 */
final class BodyLimit extends ChannelInboundHandlerAdapter {
  private static final Duration WAIT = Duration.ofSeconds(2);

  /** Bytes that are not counted: so many each connection may have, as there are few of them. */
  private static final int FREE = 8_192;

  private final HttpService http;
  private final Quota<ClientKey> bodies;
  private final TrustedProxies proxies;
  private final ConnectionLimits limits;

  /** The request whose body is arriving; null when there is none, or it was refused. */
  private @Nullable HttpRequest head;

  private long limit;
  private long received;
  private boolean dropping;

  /** The client that has bytes counted, and how many. */
  private @Nullable ClientKey holder;

  private long counted;

  /**
   * @param bodies the bytes of bodies in memory
   * @param limits counts what is refused
   */
  BodyLimit(
      HttpService http, Quota<ClientKey> bodies, TrustedProxies proxies, ConnectionLimits limits) {
    this.http = http;
    this.bodies = bodies;
    this.proxies = proxies;
    this.limits = limits;
  }

  /** Waits for the next request: nothing of the last one is in memory any more. */
  void answered() {
    if (holder != null) {
      bodies.release(holder, counted);
      holder = null;
      counted = 0;
    }
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    answered();
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) {
    switch (message) {
      case UploadedRequest refused -> {
        dropping = head != null;
        context.fireChannelRead(refused);
      }
      case HttpRequest request -> begin(context, request);
      case HttpContent content -> add(context, content);
      default -> context.fireChannelRead(message);
    }
  }

  private void begin(ChannelHandlerContext context, HttpRequest request) {
    head = request;
    received = 0;
    dropping = false;
    limit = http.maxBody(request.method().name(), request.uri());
    if (request.decoderResult().isSuccess() && HttpUtil.getContentLength(request, 0L) > limit) {
      refuse(context, request, tooLarge());
    } else {
      context.fireChannelRead(request);
    }
  }

  private void add(ChannelHandlerContext context, HttpContent content) {
    var request = head;
    var bytes = content.content().readableBytes();
    received += bytes;
    if (!dropping && request != null) {
      if (received > limit) {
        refuse(context, request, tooLarge());
      } else if (received > FREE) {
        count(context, request, bytes);
      }
    }
    if (content instanceof LastHttpContent) {
      head = null;
    }
    if (dropping) {
      ReferenceCountUtil.release(content);
    } else {
      context.fireChannelRead(content);
    }
  }

  private HeadwayException tooLarge() {
    return new HeadwayException(ErrorCode.TOO_LARGE, Bodies.tooLarge(limit));
  }

  private void count(ChannelHandlerContext context, HttpRequest request, int bytes) {
    if (holder == null) {
      var peer = Headers.peer(context.channel(), request).address();
      holder = ClientKey.at(proxies.client(peer, Headers.of(request)));
    }
    switch (bodies.take(holder, bytes)) {
      case GIVEN -> counted += bytes;
      case OWN_SHARE_FULL ->
          refuse(context, request, full(ErrorCode.RATE_LIMITED, "Too many bytes at a time"));
      case ALL_FULL ->
          refuse(context, request, full(ErrorCode.UNAVAILABLE, "The server takes too many bytes"));
    }
  }

  private HeadwayException full(ErrorCode code, String what) {
    limits.refusals().count(RefusalReason.BODIES);
    return HeadwayException.later(code, what + "; send the body again shortly", WAIT);
  }

  private void refuse(
      ChannelHandlerContext context, HttpRequest request, HeadwayException refusal) {
    dropping = true;
    UploadedRequest.refuse(context, request, http.refuse(Headers.raw(context, request), refusal));
  }
}
