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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** {@code /ws} and {@code /ws/samples}: characteristics by subscription, and notices to all. */
final class SpcSocket implements SocketEndpoint {
  /**
   * What sessions work with.
   *
   * @param topics finds characteristics
   * @param resumeFrames frames for watchers that subscribe
   * @param verifier checks tokens that come as messages
   * @param settings heartbeats
   */
  record Services(
      CharacteristicTopics topics,
      ResumeFrames resumeFrames,
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

  private record NoticeFrame(String type, Notices.Notice payload) {}

  private void tell(Notices.Notice notice) {
    var encoded = Frame.text(JsonCodec.bytes(new NoticeFrame("notice", notice)));
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
