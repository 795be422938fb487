package dev.headway.server.http.contract;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.socket.Verification;

/**
 * The callers of an operation: {@code x-access} in the OpenAPI document. Whose things may be
 * touched is the handler's to check.
 *
 * @param name {@code public}, {@code watch}, or the name of the role that is needed
 */
public record AccessLevel(String name) {
  /** Everybody; a token that does not hold is ignored. */
  public static final AccessLevel PUBLIC = new AccessLevel("public");

  /** Every user, and watch tokens. */
  public static final AccessLevel WATCH = new AccessLevel("watch");

  /** Every user, but no watch token. The default. */
  public static final AccessLevel USER = of(Role.USER);

  /** Admins. */
  public static final AccessLevel ADMIN = of(Role.ADMIN);

  private static AccessLevel of(Role role) {
    return new AccessLevel(role.name());
  }

  /**
   * The principal, if it may pass.
   *
   * @param anonymousToo whether this client might without a token: signing in takes nothing away
   * @param address the peer's address
   * @throws HeadwayException AUTHENTICATION_ERROR or AUTHORIZATION_ERROR when it may not
   */
  public Principal admit(Verification shown, boolean anonymousToo, String address) {
    if (equals(PUBLIC)) {
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
      case Principal.Watcher watcher when equals(WATCH) -> watcher;
      case Principal.Watcher _ -> throw forbidden("A watch token may only watch its topics");
      case Principal.Known known when anonymousToo || mayPass(known.role()) -> known;
      case Principal.Known _ -> throw forbidden(remedy());
    };
  }

  private String remedy() {
    return name.equals(Role.WORKER.name())
        ? "This needs the role worker. Make a key with it: POST /api/v1/api-keys {\"role\":"
            + " \"worker\"}"
        : "This needs the role %s; an administrator can give it to you".formatted(name);
  }

  private boolean mayPass(Role role) {
    return equals(WATCH) || role.includes(new Role(name));
  }

  /** The refusal of a client that showed nothing where something is needed. */
  public static HeadwayException unauthenticated() {
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
