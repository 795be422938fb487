package dev.headway.server.socket;

import dev.headway.core.account.Principal;
import dev.headway.server.socket.Connection.Expiry;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The login of a session: by the handshake, or by a first message within five seconds where the
 * contract allows that; it may be renewed. Called in the session's turn.
 */
public final class SessionLogin {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  /** Receives the outcome of a login. */
  public interface Listener {
    /** The client is known, for the first time or anew. */
    void admitted(Principal principal);

    /** Credentials do not hold; null when none came in time. */
    void denied(Verification.@Nullable Reason reason);
  }

  private final Connection connection;
  private final String address;
  private final Verification shown;
  private final CredentialVerifier verifier;
  private final Expiry expiry;
  private final Listener listener;
  private @Nullable Principal principal;
  private Connection.@Nullable Cancellable timer;

  /**
   * @param verifier checks tokens that come as messages
   * @param expiry how the contract closes when the credential ends
   * @param listener told of the outcome
   */
  public SessionLogin(
      Connection connection,
      Handshake handshake,
      CredentialVerifier verifier,
      Expiry expiry,
      Listener listener) {
    this.connection = connection;
    this.address = handshake.address();
    this.shown = handshake.verification();
    this.verifier = verifier;
    this.expiry = expiry;
    this.listener = listener;
  }

  /** Judges the handshake; waits for a first message when it showed nothing. */
  public void begin() {
    switch (shown) {
      case Verification.Valid(var who) -> admit(who);
      case Verification.Refused(var reason) -> listener.denied(reason);
      case Verification.Absent() -> timer = connection.after(PATIENCE, this::timeOut);
    }
  }

  private void timeOut() {
    if (principal == null) {
      listener.denied(null);
    }
  }

  /** Whether nobody is known yet: only a token may come now. */
  public boolean pending() {
    return principal == null;
  }

  /** The client's principal; null while it is not known. */
  public @Nullable Principal principal() {
    return principal;
  }

  /** Takes a token that came as a message. */
  public void token(String token) {
    var origin = new CredentialVerifier.Origin(address, false);
    switch (verifier.verify(token, origin)) {
      case Verification.Valid(var who) -> admit(who);
      case Verification.Refused(var reason) -> listener.denied(reason);
      case Verification.Absent() -> listener.denied(Verification.Reason.INVALID);
    }
  }

  private void admit(Principal who) {
    if (timer != null) {
      timer.cancel();
    }
    principal = who;
    connection.adopt(who, expiry);
    listener.admitted(who);
  }
}
