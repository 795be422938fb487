package dev.headway.server.http;

import dev.headway.server.address.TrustedProxies;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A request as the transport has read it: nothing but forms decoded, nothing checked. Immutable.
 *
 * @param method as sent
 * @param target the request target as sent: path and query, still percent-encoded
 * @param headers by lower-case name; the values of a repeated header joined by {@code ", "}
 * @param body what came along: nothing, the parts of a form, or bytes of any other media type
 * @param peer where it came from
 */
public record RawRequest(
    String method, String target, Map<String, String> headers, Request.Body body, Peer peer) {

  /**
   * Where a request came from.
   *
   * @param address the IP address, without port: the client's, where {@link TrustedProxies} name it
   * @param secure whether it came over TLS
   * @param direct whether it may have come without a proxy: HTTP/1.0 is a proxy's way of asking
   * @param connected whether the answer still has a connection to go to
   */
  public record Peer(String address, boolean secure, boolean direct, BooleanSupplier connected) {
    /** The same at another address: the client behind a proxy. */
    public Peer at(String client) {
      return new Peer(client, secure, direct, connected);
    }
  }

  /** The same of a client that proxies stand in front of. */
  public RawRequest from(String client) {
    return client.equals(peer.address())
        ? this
        : new RawRequest(method, target, headers, body, peer.at(client));
  }

  /** A header by lower-case name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
