package dev.headway.server.transport.http;

import dev.headway.server.http.RawRequest;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;

/**
 * An answer that is due.
 *
 * @param request the head of the request
 * @param keepAlive whether another request may follow
 * @param bodiless whether the answer goes out without its body
 */
record PendingAnswer(RawRequest request, boolean keepAlive, boolean bodiless) {
  static PendingAnswer to(ChannelHandlerContext context, HttpRequest request) {
    return new PendingAnswer(
        Headers.raw(context, request),
        HttpUtil.isKeepAlive(request),
        HttpMethod.HEAD.equals(request.method()));
  }

  /** An answer after which the connection is closed. */
  static PendingAnswer last(ChannelHandlerContext context, HttpRequest request) {
    return new PendingAnswer(Headers.raw(context, request), false, false);
  }
}
