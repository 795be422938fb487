package dev.headway.server.account;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.account.AuthConfig.Registration;
import dev.headway.server.account.password.PasswordRule;
import dev.headway.server.account.token.Callers;
import dev.headway.server.account.token.CredentialIds;
import dev.headway.server.account.token.LocalTokens;
import dev.headway.server.account.token.Revocations;
import dev.headway.server.account.token.Tokens;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * The actions of users on their own account: registering, signing in and out, changing the
 * password. Thread-safe; may block.
 */
public final class Sessions {
  /** A password and the one that replaces it. */
  public record PasswordChange(String old, String replacement) {
    @Override
    public String toString() {
      return "PasswordChange[]";
    }
  }

  private final AuthConfig config;
  private final Users users;
  private final Revocations revocations;
  private final Tokens tokens;
  private final InstantSource clock;
  private final SignInLimits limits;

  Sessions(
      AuthConfig config, Users users, Revocations revocations, Tokens tokens, InstantSource clock) {
    this.config = config;
    this.users = users;
    this.revocations = revocations;
    this.tokens = tokens;
    this.clock = clock;
    this.limits = new SignInLimits(config.login(), clock);
  }

  /**
   * Registers a user with the role {@code user}.
   *
   * @throws HeadwayException AUTHORIZATION_ERROR when registration is closed, VALIDATION_ERROR with
   *     every defect, INVALID_INPUT when the address is taken
   */
  public UserView register(Login login) {
    if (config.registration() != Registration.OPEN) {
      throw new HeadwayException(
          ErrorCode.AUTHORIZATION_ERROR,
          "Registration is closed: accounts are made by your administrator (headway user add)");
    }
    return users.add(login, Role.USER);
  }

  /**
   * Signs in. The answer, and the time it takes, do not tell whether the account exists.
   *
   * @param address whence, for the limit of failures
   * @throws HeadwayException AUTHENTICATION_ERROR when address and password do not belong together
   *     or the user is not active, RATE_LIMITED after too many failures, UNAVAILABLE when too many
   *     sign in at once
   */
  public AccessToken login(Login login, String address) {
    var email = EmailAddress.normal(login.email());
    return limits
        .attempt(email, address, () -> users.withPassword(email, login.password()))
        .map(user -> issue(user.id(), user.email(), user.role()))
        .orElseThrow(() ->
            new HeadwayException(ErrorCode.AUTHENTICATION_ERROR, "Incorrect email or password"));
  }

  private AccessToken issue(long id, String email, Role role) {
    var contents = new LocalTokens.Contents(id, email, role, null);
    var token = tokens.issue(contents, Duration.ofSeconds(config.tokenSeconds()));
    return new AccessToken(token.text(), "bearer", config.tokenSeconds());
  }

  /** The user who asks, by a token or an API key. */
  public UserView me(Principal who) {
    return UserView.of(users.known(Callers.user(who).id()));
  }

  /**
   * A new token for a valid one, which goes on to hold until its own end.
   *
   * @throws HeadwayException AUTHORIZATION_ERROR for an API key and for a provider's token, which
   *     only the provider renews
   */
  public AccessToken refresh(Principal who) {
    var person = Callers.person(who);
    if (!CredentialIds.isLocal(person.credential())) {
      throw new HeadwayException(
          ErrorCode.AUTHORIZATION_ERROR,
          "This token is the identity provider's; ask the provider for a new one");
    }
    var user = users.known(person.id());
    return issue(user.id(), user.email(), user.role());
  }

  /**
   * Ends the token that was shown.
   *
   * @throws HeadwayException AUTHENTICATION_ERROR for nobody, AUTHORIZATION_ERROR for an API key
   */
  public void logout(Principal who) {
    var shown =
        who instanceof Principal.Watcher watcher
            ? watcher.credential()
            : Callers.person(who).credential();
    var end = shown.expiresAt();
    revocations.revoke(shown, end == null ? clock.instant() : end);
  }

  /**
   * Changes the user's own password and ends all tokens but the one that was shown. That one is
   * remembered in memory: after a restart it has ended, too. API keys stay.
   *
   * @throws HeadwayException INVALID_INPUT when the old password is wrong, VALIDATION_ERROR when
   *     the new one is not acceptable, RATE_LIMITED after too many failures
   */
  public void changePassword(Principal who, PasswordChange change) {
    var person = Callers.person(who);
    var defects = PasswordRule.defects("new", change.replacement());
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    var email = person.email();
    if (limits.attempt(email, email, () -> users.withPassword(email, change.old())).isEmpty()) {
      throw HeadwayException.badInput(
          List.of(Defect.ofField("old", "The old password is not right")));
    }
    users.setPassword(person.id(), person.credential().tokenId(), change.replacement());
  }
}
