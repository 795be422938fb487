package dev.headway.server.account;

import dev.headway.server.socket.Verification.Reason;

/** Ends the check of a token. Becomes a {@link TokenCheck.Refused} before anybody sees it. */
final class RefusedTokenException extends Exception {
  private final Reason reason;

  RefusedTokenException(Reason reason, String detail) {
    super(detail, null, false, false); // a refusal is nothing rare: it need not cost a stack trace
    this.reason = reason;
  }

  static RefusedTokenException invalid(String detail) {
    return new RefusedTokenException(Reason.INVALID, detail);
  }

  TokenCheck.Refused check() {
    return new TokenCheck.Refused(reason, String.valueOf(getMessage()));
  }
}
