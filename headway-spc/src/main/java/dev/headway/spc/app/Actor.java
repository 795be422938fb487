package dev.headway.spc.app;

import dev.headway.core.account.Principal;

/** Who does something, as the record of changes names them. */
final class Actor {
  static final String ANONYMOUS = "anonymous";

  private Actor() {}

  /** A user's e-mail address. */
  static String of(Principal who) {
    return who instanceof Principal.Known known ? known.email() : ANONYMOUS;
  }

  /** A user's e-mail address, or what somebody without an account calls themselves. */
  static String of(Principal who, String claimed) {
    return who instanceof Principal.Known known
        ? known.email()
        : claimed.isBlank() ? ANONYMOUS : claimed.strip();
  }
}
