package dev.headway.server.account.token;

import dev.headway.core.account.Principal;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;

/** Checks of a caller's rights on accounts. */
public final class Callers {
  private Callers() {}

  /**
   * The user who is signed in, with the user's own rights.
   *
   * @throws HeadwayException AUTHENTICATION_ERROR for nobody, AUTHORIZATION_ERROR for a watch token
   */
  public static Principal.Known user(Principal who) {
    return switch (who) {
      case Principal.Known known -> known;
      case Principal.Watcher _ ->
          throw new HeadwayException(
              ErrorCode.AUTHORIZATION_ERROR, "A watch token may only watch its topics");
      case Principal.Anonymous _ ->
          throw new HeadwayException(ErrorCode.AUTHENTICATION_ERROR, "Not authenticated");
    };
  }

  /**
   * The user who is signed in with a token. An API key, which lies around in programs, must not be
   * able to make itself others or to take the account over.
   *
   * @throws HeadwayException AUTHORIZATION_ERROR for an API key; else as {@link #user}
   */
  public static Principal.Known person(Principal who) {
    var known = user(who);
    if (CredentialIds.isKey(known.credential())) {
      throw new HeadwayException(
          ErrorCode.AUTHORIZATION_ERROR, "An API key cannot do this; sign in instead");
    }
    return known;
  }

  /**
   * The administrator who is signed in with a token.
   *
   * @throws HeadwayException AUTHORIZATION_ERROR for anybody else; else as {@link #person}
   */
  public static Principal.Known admin(Principal who) {
    var known = person(who);
    if (!known.admin()) {
      throw new HeadwayException(
          ErrorCode.AUTHORIZATION_ERROR, "Only an administrator may do this");
    }
    return known;
  }
}
