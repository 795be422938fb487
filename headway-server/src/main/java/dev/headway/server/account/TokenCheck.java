package dev.headway.server.account;

import dev.headway.server.socket.Verification;

/** What became of a token's form, signature and times. */
public sealed interface TokenCheck {
  /** They are right. */
  record Valid(Claims claims) implements TokenCheck {}

  /**
   * They are not.
   *
   * @param reason what clients may come to know
   * @param detail what is wrong, for the log: never a part of the token
   */
  record Refused(Verification.Reason reason, String detail) implements TokenCheck {}
}
