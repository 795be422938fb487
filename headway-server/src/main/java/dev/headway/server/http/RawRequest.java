package dev.headway.server.http;

import java.util.Map;
import java.util.Optional;

/**
 * A request as the transport has read it: nothing decoded, nothing checked. Immutable.
 *
 * @param method as sent
 * @param target the request target as sent: path and query, still percent-encoded
 * @param headers by lower-case name; the values of a repeated header joined by {@code ", "}
 * @param body the whole body, which must not be changed afterwards; empty for none
 * @param peer where it came from
 */
@SuppressWarnings("ArrayRecordComponent") // an upload is not copied
public record RawRequest(
    String method, String target, Map<String, String> headers, byte[] body, Peer peer) {

  /**
   * Where a request came from.
   *
   * @param address the peer's IP address, without port
   * @param secure whether it came over TLS
   */
  public record Peer(String address, boolean secure) {}

  /** A header by lower-case name. */
  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }
}
