package dev.headway.server.transport.socket;

import dev.headway.core.account.Principal;
import dev.headway.server.socket.Connection.Close;
import dev.headway.server.socket.Connection.Expiry;
import dev.headway.server.socket.CredentialCheck;
import org.jspecify.annotations.Nullable;

/** The credential that a connection is tied to, if any. Used on the connection's event loop. */
final class ConnectionCredential {
  private @Nullable Principal principal;
  private Expiry expiry = Expiry.POLICY;

  /** Takes the place of the previous credential. */
  void adopt(Principal who, Expiry how) {
    principal = who;
    expiry = how;
  }

  /**
   * The close of a credential that has expired or was revoked; null while it is valid.
   *
   * @param wallClock the time in milliseconds
   */
  @Nullable Close invalid(long wallClock, CredentialCheck check) {
    if (principal == null) {
      return null;
    }
    if (end() <= wallClock) {
      return expiry.expired();
    }
    return check.holds(principal) ? null : expiry.revoked();
  }

  /** Its end in milliseconds of the wall clock; far off when there is none. */
  long end() {
    var shown = principal == null ? null : principal.shown();
    var end = shown == null ? null : shown.expiresAt();
    return end == null ? Long.MAX_VALUE : end.toEpochMilli();
  }
}
