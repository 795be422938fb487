package dev.headway.server.transport.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.http.RawRequest;
import dev.headway.server.http.Request.Body;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The fields of a request's head that are read here. */
final class Headers {
  private Headers() {}

  /** All headers by lower-case name; repeated ones joined with a comma (RFC 9110, section 5.3). */
  static Map<String, String> of(HttpRequest request) {
    var headers = new HashMap<String, String>();
    for (var entry : request.headers()) {
      headers.merge(
          entry.getKey().toLowerCase(Locale.ROOT), entry.getValue(), (a, b) -> a + ", " + b);
    }
    return headers;
  }

  /** The subprotocols that a WebSocket client offers, in order. */
  static List<String> protocols(HttpRequest request) {
    return request.headers().getAll(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL).stream()
        .flatMap(line -> Arrays.stream(line.split(",", -1)))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .toList();
  }

  /**
   * The token that a WebSocket client shows, in the order of the contract: Authorization,
   * subprotocol, query.
   */
  static @Nullable String token(HttpRequest request, QueryStringDecoder target) {
    var authorization = request.headers().get(HttpHeaderNames.AUTHORIZATION);
    if (authorization != null && authorization.regionMatches(true, 0, "Bearer ", 0, 7)) {
      return authorization.substring(7).strip();
    }
    var offered = protocols(request);
    var bearer = offered.indexOf("bearer");
    if (bearer >= 0 && bearer + 1 < offered.size()) {
      return offered.get(bearer + 1);
    }
    var values = target.parameters().get("token");
    return values == null || values.isEmpty() ? null : values.getFirst();
  }

  /**
   * Requires a head that this server can answer.
   *
   * @throws HeadwayException INVALID_INPUT
   */
  static void requireValid(HttpRequest request) {
    if (!request.decoderResult().isSuccess()) {
      throw new HeadwayException(ErrorCode.INVALID_INPUT, "The request is not valid HTTP");
    }
    // RFC 9112, section 3.2
    var hosts = request.headers().getAll(HttpHeaderNames.HOST).size();
    if (hosts > 1 || (hosts == 0 && isHttp11(request))) {
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT,
          hosts == 0 ? "The request has no Host header" : "The request has more than one Host");
    }
  }

  private static boolean isHttp11(HttpRequest request) {
    return request.protocolVersion().compareTo(HttpVersion.HTTP_1_1) >= 0;
  }

  /**
   * Returns whether a request asks for a WebSocket; HTTP/1.0 knows no upgrade (RFC 9110, section
   * 7.8).
   */
  static boolean asksUpgrade(HttpRequest request) {
    return isHttp11(request)
        && request
            .headers()
            .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  /** A request's head, without its body. */
  static RawRequest raw(ChannelHandlerContext context, HttpRequest request) {
    return raw(context, request, new Body.Empty());
  }

  /** A request as it has been read. */
  static RawRequest raw(ChannelHandlerContext context, HttpRequest request, Body body) {
    var channel = context.channel();
    var peer = peer(channel, request);
    return new RawRequest(request.method().name(), request.uri(), of(request), body, peer);
  }

  /** The sender of a request. */
  static RawRequest.Peer peer(Channel channel, HttpRequest request) {
    var direct = request.protocolVersion().compareTo(HttpVersion.HTTP_1_0) > 0;
    return new RawRequest.Peer(address(channel.remoteAddress()), false, direct, channel::isActive);
  }

  /** The peer's address without its port. */
  static String address(@Nullable SocketAddress peer) {
    return peer instanceof InetSocketAddress address && address.getAddress() != null
        ? address.getAddress().getHostAddress()
        : "unknown";
  }
}
