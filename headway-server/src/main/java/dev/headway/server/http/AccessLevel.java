package dev.headway.server.http;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.socket.Verification;
import java.util.Locale;

/**
 * Who may call an operation at all: {@code x-access} in the OpenAPI document. Whose things may be
 * touched is the handler's to check.
 */
public enum AccessLevel {
  /** Everybody; a token that does not hold is ignored. */
  PUBLIC,
  /** Every user, but no watch token. The default. */
  USER,
  /** Every user, and watch tokens. */
  WATCH,
  /** Workers and admins. */
  WORKER,
  /** Engineers and admins. */
  ENGINEER,
  /** Admins. */
  ADMIN;

  /**
   * The level of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  static AccessLevel parse(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /**
   * The principal, if it may pass.
   *
   * @param anonymousToo whether a client that this server serves without a token may, too
   * @param address the peer's address
   * @throws HeadwayException AUTHENTICATION_ERROR or AUTHORIZATION_ERROR when it may not
   */
  Principal admit(Verification shown, boolean anonymousToo, String address) {
    if (this == PUBLIC) {
      return shown instanceof Verification.Valid(var principal)
          ? principal
          : new Principal.Anonymous(address);
    }
    return switch (shown) {
      case Verification.Absent _ -> throw unauthenticated();
      case Verification.Refused(var reason) -> throw refused(reason);
      case Verification.Valid(var principal) -> admitted(principal, anonymousToo);
    };
  }

  private Principal admitted(Principal principal, boolean anonymousToo) {
    return switch (principal) {
      case Principal.Anonymous anonymous when anonymousToo -> anonymous;
      case Principal.Anonymous _ -> throw unauthenticated();
      case Principal.Watcher watcher when this == WATCH -> watcher;
      case Principal.Watcher _ -> throw forbidden("A watch token may only watch its topics");
      case Principal.Known known when mayPass(known.role()) -> known;
      case Principal.Known _ -> throw forbidden(remedy());
    };
  }

  private String remedy() {
    return this == WORKER
        ? "This needs the role worker. Make a key with it: POST /api/v1/api-keys {\"role\":"
            + " \"worker\"}"
        : "This needs the role %s; an administrator can give it to you"
            .formatted(name().toLowerCase(Locale.ROOT));
  }

  private boolean mayPass(Role role) {
    return switch (this) {
      case PUBLIC, USER, WATCH -> true;
      case WORKER -> role == Role.WORKER || role == Role.ADMIN;
      case ENGINEER -> role == Role.ENGINEER || role == Role.ADMIN;
      case ADMIN -> role == Role.ADMIN;
    };
  }

  /** The refusal of a client that showed nothing where something is needed. */
  static HeadwayException unauthenticated() {
    return new HeadwayException(
        ErrorCode.AUTHENTICATION_ERROR,
        "Not authenticated: send Authorization: Bearer with a token from POST /api/v1/auth/login");
  }

  private static HeadwayException refused(Verification.Reason reason) {
    var what =
        switch (reason) {
          case INVALID, NO_SUBJECT -> "The token is not valid";
          case EXPIRED -> "The token has expired";
          case REVOKED -> "The token has been revoked";
        };
    return new HeadwayException(
        ErrorCode.AUTHENTICATION_ERROR, what + "; get another one from POST /api/v1/auth/login");
  }

  private static HeadwayException forbidden(String message) {
    return new HeadwayException(ErrorCode.AUTHORIZATION_ERROR, message);
  }
}
