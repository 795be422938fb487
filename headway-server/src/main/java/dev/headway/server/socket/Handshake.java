package dev.headway.server.socket;

import java.util.Map;
import java.util.Optional;

/**
 * The request with which a client connected.
 *
 * @param path the path's parameters, decoded
 * @param query the query's parameters, without the token
 * @param protocol the selected subprotocol; empty for none
 * @param address the peer's address
 * @param verification what became of the credentials
 */
public record Handshake(
    Map<String, String> path,
    Map<String, String> query,
    String protocol,
    String address,
    Verification verification) {

  /** A query parameter, if it was given. */
  public Optional<String> query(String name) {
    return Optional.ofNullable(query.get(name));
  }
}
