package dev.headway.spc.app;

import dev.headway.core.topic.Frame;
import dev.headway.server.Notices;
import dev.headway.server.http.JsonCodec;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.socket.SocketSession;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /ws} and {@code /ws/samples}: characteristics by subscription, and notices to all. */
final class SpcSocket implements SocketEndpoint {
  /**
   * What sessions work with.
   *
   * @param topics finds characteristics
   * @param catchUp brings watchers up to date
   * @param verifier checks tokens that come as messages
   * @param settings heartbeats
   */
  record Services(
      CharacteristicTopics topics,
      CatchUp catchUp,
      CredentialVerifier verifier,
      SpcSettings settings) {}

  private final String path;
  private final Services services;
  private final Set<Connection> clients = ConcurrentHashMap.newKeySet();

  SpcSocket(String path, Services services, Notices notices) {
    this.path = path;
    this.services = services;
    notices.listen(this::tell);
  }

  private void tell(Notices.Notice notice) {
    var frame = new LinkedHashMap<String, Object>();
    frame.put("type", "notice");
    frame.put("payload", notice);
    var encoded = Frame.text(JsonCodec.bytes(frame));
    clients.forEach(client -> client.send(encoded));
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public Duration idleTimeout() {
    return services.settings().heartbeatTimeout();
  }

  @Override
  public SocketSession open(Connection connection, Handshake handshake) {
    var session = new SpcSession(connection, handshake, services, clients);
    session.begin();
    return session;
  }
}
