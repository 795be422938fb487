package dev.headway.spc.app;

import dev.headway.core.topic.Frame;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.notice.Notices;
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
  private final String path;
  private final CharacteristicTopics topics;
  private final ResumeFrames resumeFrames;
  private final CredentialVerifier verifier;
  private final SpcSettings settings;
  private final Set<Connection> clients = ConcurrentHashMap.newKeySet();

  SpcSocket(
      String path,
      CharacteristicTopics topics,
      ResumeFrames resumeFrames,
      CredentialVerifier verifier,
      SpcSettings settings,
      Notices notices) {
    this.path = path;
    this.topics = topics;
    this.resumeFrames = resumeFrames;
    this.verifier = verifier;
    this.settings = settings;
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
    return settings.heartbeatTimeout();
  }

  @Override
  public SocketSession open(Connection connection, Handshake handshake) {
    var session =
        new SpcSession(connection, handshake, clients, topics, resumeFrames, verifier, settings);
    session.begin();
    return session;
  }
}
