package dev.headway.server.transport.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.HttpService;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

/**
 * The largest body of each operation: a larger one is refused by its head, or as soon as it has
 * grown too large, before it is gathered. Used on the connection's loop.
 */
final class BodyLimit extends ChannelInboundHandlerAdapter {
  private final HttpService http;

  /** The request whose body is arriving; null when there is none, or it was refused. */
  private @Nullable HttpRequest head;

  private long limit;
  private long received;
  private boolean dropping;

  BodyLimit(HttpService http) {
    this.http = http;
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
      refuse(context, request);
    } else {
      context.fireChannelRead(request);
    }
  }

  private void add(ChannelHandlerContext context, HttpContent content) {
    var request = head;
    received += content.content().readableBytes();
    if (!dropping && received > limit && request != null) {
      refuse(context, request);
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

  private void refuse(ChannelHandlerContext context, HttpRequest request) {
    dropping = true;
    var refusal = new HeadwayException(ErrorCode.TOO_LARGE, Bodies.tooLarge(limit));
    UploadedRequest.refuse(context, request, http.refuse(Headers.raw(context, request), refusal));
  }
}
