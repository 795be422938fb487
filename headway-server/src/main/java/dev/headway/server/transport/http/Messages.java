package dev.headway.server.transport.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.server.http.Response;
import dev.headway.server.json.JsonCodec;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Map;

/** Answers as messages of HTTP. */
final class Messages {
  private Messages() {}

  /**
   * An answer's message.
   *
   * @param bodiless whether it is sent without its body, as for HEAD
   */
  static HttpResponse of(Response.Whole response, boolean bodiless) {
    var body = bodiless ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(response.body());
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

  /** The head of an answer whose content follows. */
  static HttpResponse of(Response.Content response) {
    var message =
        new DefaultHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(response.status()));
    response.headers().forEach((name, value) -> message.headers().set(name, value));
    message.headers().set(HttpHeaderNames.CONTENT_TYPE, response.mediaType());
    message.headers().set(HttpHeaderNames.CONTENT_LENGTH, Long.toString(response.length()));
    return message;
  }

  /**
   * The refusal of a body that is too large to be gathered.
   *
   * @param limit the largest body in bytes
   */
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
}
