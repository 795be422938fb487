package dev.headway.server.work;

import dev.headway.server.session.JsonSession.HeartbeatRule;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.socket.SocketSession;
import java.time.InstantSource;

/**
 * The socket of one kind of resource: one resource, to its end.
 *
 * @param items finds resources and takes cancellations
 * @param protocol writes frames and chooses close codes
 * @param heartbeat the time without events before a client hears that the connection is alive
 * @param verifier checks tokens that come as messages
 * @param clock stamps heartbeats and errors
 * @param <W> the resources' type
 */
public record WorkSocket<W extends WorkItem>(
    WorkItems<W> items,
    WorkProtocol protocol,
    HeartbeatRule heartbeat,
    CredentialVerifier verifier,
    InstantSource clock)
    implements SocketEndpoint {
  @Override
  public boolean takesTokenAsMessage() {
    return false;
  }

  @Override
  public String path() {
    return items.kind().socketPath();
  }

  @Override
  public SocketSession open(Connection connection, Handshake handshake) {
    var session = new WorkSession<>(this, connection, handshake);
    session.begin();
    return session;
  }
}
