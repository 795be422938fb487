package dev.headway.fpl.app;

import dev.headway.server.socket.Connection;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SocketEndpoint;
import dev.headway.server.socket.SocketSession;
import java.time.Duration;
import java.time.InstantSource;

/** {@code /api/v1/analyze/{analysis_id}/stream}: one analysis, to its end. */
final class AnalysisSocket implements SocketEndpoint {
  /**
   * What sessions work with.
   *
   * @param analyses finds, and takes cancellations
   * @param verifier checks tokens that come as messages
   * @param clock stamps heartbeats and errors
   * @param heartbeat after how much silence a heartbeat is sent
   */
  record Services(
      Analyses analyses, CredentialVerifier verifier, InstantSource clock, Duration heartbeat) {}

  private final Services services;

  AnalysisSocket(Services services) {
    this.services = services;
  }

  @Override
  public String path() {
    return "/api/v1/analyze/{analysis_id}/stream";
  }

  @Override
  public SocketSession open(Connection connection, Handshake handshake) {
    var session = new AnalysisSession(connection, handshake, services);
    session.begin();
    return session;
  }
}
