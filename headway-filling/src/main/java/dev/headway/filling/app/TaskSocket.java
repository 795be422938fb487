package dev.headway.filling.app;

import dev.headway.filling.store.TaskKind;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.socket.SocketSession;
import java.time.Duration;
import java.time.InstantSource;

/** {@code /ws/schedule/{id}} or {@code /ws/comparison/{id}}: one task, to its end. */
final class TaskSocket implements SocketEndpoint {
  /**
   * What sessions work with.
   *
   * @param tasks finds, and takes cancellations
   * @param verifier checks tokens that come as messages
   * @param clock stamps pings
   * @param heartbeat how often the last position is repeated
   */
  record Services(
      Tasks tasks, CredentialVerifier verifier, InstantSource clock, Duration heartbeat) {}

  private final TaskKind kind;
  private final Services services;

  TaskSocket(TaskKind kind, Services services) {
    this.kind = kind;
    this.services = services;
  }

  @Override
  public String path() {
    return "/ws/" + kind.label() + "/{id}";
  }

  @Override
  public SocketSession open(Connection connection, Handshake handshake) {
    var session = new TaskSession(kind, connection, handshake, services);
    session.begin();
    return session;
  }
}
