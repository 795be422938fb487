package dev.headway.server.socket;

import dev.headway.core.account.Principal;

/** The verdict on the credentials that a client showed. */
public sealed interface Verification {
  /** They hold, or none are needed here: {@code principal} is anonymous then. */
  record Valid(Principal principal) implements Verification {}

  /** None were shown, and this server needs some. */
  record Absent() implements Verification {}

  /** They do not hold. */
  record Refused(Reason reason) implements Verification {}

  /** Why credentials do not hold. Clients of most contracts are not told which. */
  enum Reason {
    /** Not decodable, wrong algorithm, signature or issuer. */
    INVALID,
    /** Past its end. */
    EXPIRED,
    /** Well signed, but names nobody. */
    NO_SUBJECT,
    /** Revoked, or the user was deactivated. */
    REVOKED
  }
}
