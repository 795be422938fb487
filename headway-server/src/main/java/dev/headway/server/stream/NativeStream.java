package dev.headway.server.stream;

import dev.headway.core.account.Access;
import dev.headway.core.engine.Jobs;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.socket.SocketSession;
import java.time.InstantSource;
import java.util.List;

/**
 * {@code /api/v1/stream}: one connection, any number of topics of any kind.
 *
 * @param topics finds topics
 * @param jobs takes cancellations
 * @param access says who may cancel
 * @param verifier checks tokens that come as messages
 * @param settings what clients are told at the start
 * @param notices of the bus between servers
 * @param workers answers workers
 * @param clock stamps answers
 */
public record NativeStream(
    Topics topics,
    Jobs jobs,
    Access access,
    CredentialVerifier verifier,
    StreamSettings settings,
    BusNotices notices,
    StreamPart workers,
    InstantSource clock)
    implements SocketEndpoint {
  /** JSON text frames. */
  public static final String JSON = "headway.v1";

  /** The same as CBOR binary frames (RFC 8949). */
  public static final String CBOR = "headway.v1.cbor";

  @Override
  public String path() {
    return "/api/v1/stream";
  }

  @Override
  public boolean binary() {
    return true;
  }

  @Override
  public List<String> protocols() {
    return List.of(CBOR, JSON);
  }

  @Override
  public SocketSession open(Connection connection, Handshake handshake) {
    var wire = handshake.protocol().equals(CBOR) ? Wire.CBOR : Wire.JSON;
    var session = new NativeSession(this, connection, handshake, wire);
    session.begin();
    return session;
  }
}
