package dev.headway.server.jobs;

import dev.headway.core.account.Access;
import dev.headway.core.engine.Jobs;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.socket.SocketSession;
import java.time.Duration;
import java.time.InstantSource;

/**
 * {@code /progress/ws/{job_id}}: one job, and more by subscription.
 *
 * @param jobs finds, and takes cancellations
 * @param access who may watch and cancel
 * @param verifier checks tokens that come as messages
 * @param clock stamps frames
 * @param heartbeat how long a client hears nothing at most
 */
public record ProgressChannel(
    Jobs jobs, Access access, CredentialVerifier verifier, InstantSource clock, Duration heartbeat)
    implements SocketEndpoint {
  @Override
  public String path() {
    return "/progress/ws/{job_id}";
  }

  @Override
  public SocketSession open(Connection connection, Handshake handshake) {
    var session = new ProgressSession(this, connection, handshake);
    session.begin();
    return session;
  }
}
