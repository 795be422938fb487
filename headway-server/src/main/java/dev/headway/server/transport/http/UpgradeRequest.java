package dev.headway.server.transport.http;

import dev.headway.server.http.OriginPolicy;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SocketGate.Admission;
import dev.headway.server.socket.SocketGate.Ask;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request to upgrade an HTTP connection to a WebSocket. */
final class UpgradeRequest {
  private final FullHttpRequest request;
  private final QueryStringDecoder target;
  private final String address;
  private final @Nullable String token;

  UpgradeRequest(Channel channel, FullHttpRequest request) {
    this.request = request;
    this.target = new QueryStringDecoder(request.uri());
    this.address = Headers.address(channel.remoteAddress());
    this.token = Headers.token(request, target);
  }

  FullHttpRequest request() {
    return request;
  }

  String path() {
    return target.path();
  }

  /** The same for the same client on the same path with the same token. */
  String refusalKey() {
    var client = token == null ? address : Integer.toHexString(token.hashCode());
    return target.path() + ' ' + client;
  }

  /** The question to the gate. */
  Ask ask() {
    var headers = request.headers();
    return new Ask(
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
    var origin = origins.clientOf(address, Headers.of(request));
    return new Handshake(
        accepted.path(),
        Map.copyOf(query),
        accepted.protocol(),
        address,
        verifier.verify(token, origin));
  }
}
