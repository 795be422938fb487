package dev.headway.server.transport.http;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.address.TrustedProxies;
import dev.headway.server.http.OriginPolicy;
import dev.headway.server.http.RawRequest;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SocketGate.Admission;
import dev.headway.server.socket.SocketGate.SocketRequest;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A request to upgrade an HTTP connection to a WebSocket. */
final class UpgradeRequest {
  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9+/]{21}[AQgw]==");

  private final FullHttpRequest request;
  private final QueryStringDecoder target;
  private final RawRequest.Peer peer;
  private final @Nullable String token;

  UpgradeRequest(Channel channel, FullHttpRequest request, TrustedProxies proxies) {
    this.request = request;
    this.target = new QueryStringDecoder(request.uri());
    var connected = Headers.peer(channel, request);
    this.peer = connected.at(proxies.client(connected.address(), Headers.of(request)));
    this.token = Headers.token(request, target);
  }

  FullHttpRequest request() {
    return request;
  }

  String address() {
    return peer.address();
  }

  CredentialVerifier.Origin origin(OriginPolicy origins) {
    return origins.clientOf(peer, Headers.of(request));
  }

  String path() {
    return target.path();
  }

  /** Whether it shows a token. */
  boolean showsToken() {
    return token != null;
  }

  /** The same for the same client on the same path with the same token. */
  String refusalKey() {
    var client = token == null ? peer.address() : Integer.toHexString(token.hashCode());
    return target.path() + ' ' + client;
  }

  /**
   * Checks the handshake (RFC 6455, section 4.2.1).
   *
   * @throws HeadwayException when it is none, or the host is another server's
   */
  void check(OriginPolicy origins) {
    var headers = request.headers();
    var host = headers.get(HttpHeaderNames.HOST);
    if (!origins.serves(host)) {
      throw OriginPolicy.misdirected(host == null ? "" : host);
    }
    require(HttpMethod.GET.equals(request.method()), "is not a GET request");
    require(
        headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true),
        "lacks the header Connection: Upgrade");
    require(
        KEY.matcher(headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "")).matches(),
        "lacks a Sec-WebSocket-Key of 16 bytes in Base64");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new HeadwayException(ErrorCode.INVALID_INPUT, "The WebSocket handshake " + otherwise);
    }
  }

  /** Whether it asks for the protocol's version of RFC 6455. */
  boolean knownVersion() {
    return "13".equals(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_VERSION));
  }

  /** The question to the gate. */
  SocketRequest socketRequest() {
    var headers = request.headers();
    return new SocketRequest(
        target.path(),
        headers.get(HttpHeaderNames.ORIGIN),
        headers.get(HttpHeaderNames.HOST, ""),
        token != null,
        Headers.protocols(request),
        refusalKey());
  }

  /** The handshake of the session, once the client is verified. May block. */
  Handshake handshake(
      Admission.Accepted accepted, CredentialVerifier verifier, OriginPolicy origins) {
    var query = new HashMap<String, String>();
    target.parameters().forEach((name, values) -> query.put(name, values.getFirst()));
    query.remove("token");
    return new Handshake(
        accepted.path(),
        Map.copyOf(query),
        accepted.protocol(),
        peer.address(),
        verifier.verify(token, origin(origins)));
  }
}
