package dev.headway.server.session;

import dev.headway.core.account.Principal;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.topic.Frame;
import dev.headway.server.json.JsonCodec;
import dev.headway.server.socket.CloseCodes;
import dev.headway.server.socket.Connection;
import dev.headway.server.socket.Connection.Expiry;
import dev.headway.server.socket.CredentialVerifier;
import dev.headway.server.socket.Handshake;
import dev.headway.server.socket.SessionLogin;
import dev.headway.server.socket.SocketSession;
import dev.headway.server.socket.Verification;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * The part that all sessions of JSON text messages share: login, the connection limits, the
 * heartbeat, and the first look at a message. Credentials that end close with 1008. Called in the
 * session's turn; only {@link #heartbeat} is called on another thread.
 */
public abstract class JsonSession implements SocketSession {
  /**
   * How a client without events is told that the connection is alive.
   *
   * @param interval the time between two heartbeats
   * @param onlyWhenSilent whether any other frame sent meanwhile stands for one
   */
  public record HeartbeatRule(Duration interval, boolean onlyWhenSilent) {}

  /** The client's connection. */
  protected final Connection connection;

  private final HeartbeatRule heartbeat;
  private final Verification shown;
  private final SessionLogin login;
  private boolean entered;

  /**
   * A session that has not begun.
   *
   * @param verifier checks tokens that come as messages
   */
  protected JsonSession(
      Connection connection,
      Handshake handshake,
      CredentialVerifier verifier,
      HeartbeatRule heartbeat) {
    this.connection = connection;
    this.heartbeat = heartbeat;
    this.shown = handshake.verification();
    this.login =
        new SessionLogin(connection, handshake, verifier, Expiry.POLICY, new LoginListener());
  }

  /** Judges the credentials of the handshake. To be called once. */
  public final void begin() {
    if (shown instanceof Verification.Absent && !awaitsToken()) {
      denied(null);
    } else {
      login.begin();
    }
  }

  /** Whether a client may show its credentials in a first message instead of the handshake. */
  protected boolean awaitsToken() {
    return true;
  }

  private final class LoginListener implements SessionLogin.Listener {
    @Override
    public void admitted(Principal principal) {
      if (entered) {
        renewed(principal);
      } else {
        arrived(principal);
      }
    }

    @Override
    public void denied(Verification.@Nullable Reason reason) {
      JsonSession.this.denied(reason);
    }
  }

  /** Takes a client whose credentials hold: calls {@link #enter}, or refuses it. */
  protected abstract void arrived(Principal who);

  /** Takes the new credentials of a client that has entered. */
  protected void renewed(Principal who) {}

  /** Refuses a client whose credentials do not hold; null when none came in time. */
  protected abstract void denied(Verification.@Nullable Reason reason);

  /** The frame that shows that the connection is alive; null for none this time. */
  protected abstract @Nullable Frame heartbeat();

  /** Answers a message that is not a JSON object; a missing node when it is not JSON at all. */
  protected abstract void unreadable(JsonNode message);

  /** Answers a message that cannot be followed. */
  protected abstract void rejected(HeadwayException reason);

  /**
   * Does what a client that is known asks for.
   *
   * @throws HeadwayException when the message cannot be followed
   */
  protected abstract void perform(ClientMessage message, Principal who);

  /** The member of a message that says of which kind it is. */
  protected String kindMember(JsonNode message) {
    return "type";
  }

  /**
   * Counts the client among the connections and starts its heartbeat, or closes with 1008.
   *
   * @param resource the resource whose connections are limited; null where only the user's are
   * @return whether the connection stays
   */
  protected final boolean enter(Principal who, @Nullable String resource) {
    if (!connection.reserve(who, resource)) {
      connection.close(CloseCodes.POLICY, "Too many connections");
      return false;
    }
    entered = true;
    connection.heartbeat(heartbeat.interval(), heartbeat.onlyWhenSilent(), this::heartbeat);
    return true;
  }

  @Override
  public final void received(Frame frame) {
    var json = parsed(frame);
    var message = ClientMessage.of(json, kindMember(json));
    if (message == null) {
      unreadable(json);
      return;
    }
    try {
      follow(message);
    } catch (HeadwayException reason) {
      rejected(reason);
    }
  }

  private void follow(ClientMessage message) {
    var who = login.principal();
    if (message.kind().equals("auth")) {
      var token = message.as(Auth.class).token();
      login.token(token == null ? "" : token);
    } else if (who == null) {
      denied(null);
    } else {
      perform(message, who);
    }
  }

  private record Auth(@Nullable String token) {}

  private static JsonNode parsed(Frame frame) {
    try {
      return JsonCodec.parse(frame.bytes());
    } catch (HeadwayException _) {
      return MissingNode.getInstance();
    }
  }
}
