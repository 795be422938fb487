package dev.headway.server.account;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.account.User;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.AccountStore;
import dev.headway.server.account.AuthConfig.Registration;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Users: registering, signing in and out, passwords, deactivation. Everything here may block.
 * Thread-safe.
 */
public final class Accounts {
  /**
   * An address and a password.
   *
   * @param email in any case, with or without space around it
   */
  public record Login(String email, String password) {
    @Override
    public String toString() {
      return "Login[" + email + "]";
    }
  }

  /** A password and the one that replaces it. */
  public record PasswordChange(String old, String replacement) {
    @Override
    public String toString() {
      return "PasswordChange[]";
    }
  }

  private static final int LEAST_CHARACTERS = 8;
  private static final int MOST_CHARACTERS = 128;

  private final AuthConfig config;
  private final AccountStore store;
  private final Memory memory;
  private final Crypto crypto;
  private final InstantSource clock;
  private final SignIns signIns;

  Accounts(AuthConfig config, AccountStore store, Memory memory, Crypto crypto) {
    this.config = config;
    this.store = store;
    this.memory = memory;
    this.crypto = crypto;
    this.clock = crypto.clock();
    this.signIns = new SignIns(config.login(), clock);
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
    return add(login, Role.USER);
  }

  /**
   * Adds a user, whoever may register: for {@code headway user add}.
   *
   * @throws HeadwayException VALIDATION_ERROR with every defect, INVALID_INPUT when the address is
   *     taken
   */
  public UserView add(Login login, Role role) {
    var email = EmailAddress.normal(login.email());
    var defects = new ArrayList<Defect>();
    EmailAddress.check(email, defects);
    checkPassword("password", login.password(), defects);
    refuse(defects);
    return memory
        .directory()
        .add(email, crypto.passwords().hash(login.password()), role)
        .map(UserView::of)
        .orElseThrow(
            () -> new HeadwayException(ErrorCode.INVALID_INPUT, "Email already registered"));
  }

  /**
   * Signs in. The answer, and the time it takes, do not tell whether the account exists.
   *
   * @param address whence, for the limit of failures
   * @throws HeadwayException AUTHENTICATION_ERROR when address and password do not belong together
   *     or the user is not active, RATE_LIMITED after too many failures, UNAVAILABLE when too many
   *     sign in at once
   */
  public IssuedToken login(Login login, String address) {
    var email = EmailAddress.normal(login.email());
    return signIns
        .attempt(email, address, () -> user(email, login.password()))
        .map(user -> issue(user.id(), user.email(), user.role()))
        .orElseThrow(() ->
            new HeadwayException(ErrorCode.AUTHENTICATION_ERROR, "Incorrect email or password"));
  }

  private Optional<User> user(String email, String password) {
    var user = store.userByEmail(email);
    var right = crypto.passwords().matches(password, user.map(User::passwordHash));
    return user.filter(found -> right && found.active());
  }

  private IssuedToken issue(long id, String email, Role role) {
    var contents = new LocalTokens.Contents(id, email, role, null);
    var token = crypto.tokens().issue(contents, Duration.ofSeconds(config.tokenSeconds()));
    return new IssuedToken(token.text(), "bearer", config.tokenSeconds());
  }

  /** The user who asks, by a token or an API key. */
  public UserView me(Principal who) {
    return UserView.of(standing(Grants.user(who).id()));
  }

  /**
   * A new token for a valid one, which goes on to hold until its own end.
   *
   * @throws HeadwayException AUTHORIZATION_ERROR for an API key and for a provider's token, which
   *     only the provider renews
   */
  public IssuedToken refresh(Principal who) {
    var known = Grants.person(who);
    if (!CredentialIds.isLocal(known.credential())) {
      throw new HeadwayException(
          ErrorCode.AUTHORIZATION_ERROR,
          "This token is the identity provider's; ask the provider for a new one");
    }
    var user = standing(known.id());
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
            : Grants.person(who).credential();
    var end = shown.expiresAt();
    memory.revocations().revoke(shown, end == null ? clock.instant() : end);
  }

  /**
   * Changes the user's own password and ends all tokens but the one that was shown. That one is
   * remembered in memory: after a restart it has ended, too. API keys stay.
   *
   * @throws HeadwayException INVALID_INPUT when the old password is wrong, VALIDATION_ERROR when
   *     the new one is not acceptable, RATE_LIMITED after too many failures
   */
  public void changePassword(Principal who, PasswordChange change) {
    var known = Grants.person(who);
    requirePassword("new", change.replacement());
    var user =
        signIns.attempt(known.email(), known.email(), () -> user(known.email(), change.old()));
    if (user.isEmpty()) {
      throw HeadwayException.badInput(
          List.of(Defect.ofField("old", "The old password is not right")));
    }
    setPassword(known.id(), known.credential().tokenId(), change.replacement());
  }

  /**
   * Sets another user's password and ends all of the user's tokens.
   *
   * @param who an administrator
   * @param email the user's address
   * @throws HeadwayException AUTHORIZATION_ERROR for anybody else, NOT_FOUND, VALIDATION_ERROR
   */
  public void resetPassword(Principal who, String email, String password) {
    Grants.admin(who);
    requirePassword("new", password);
    var user = store.userByEmail(EmailAddress.normal(email));
    setPassword(user.orElseThrow(() -> HeadwayException.notFound("User")).id(), null, password);
  }

  private void setPassword(long user, @Nullable String keptToken, String password) {
    var hash = crypto.passwords().hash(password);
    change(user, keptToken, found -> found.withPassword(hash, Sources.millis(clock)));
  }

  private Standing change(long user, @Nullable String keptToken, UnaryOperator<User> change) {
    return memory
        .directory()
        .change(user, keptToken, change)
        .orElseThrow(() -> HeadwayException.notFound("User"));
  }

  /**
   * Activates or deactivates a user. While deactivated, nothing of the user's holds: no token, no
   * watch token, no API key.
   *
   * @param who an administrator, who cannot deactivate the own account
   * @throws HeadwayException AUTHORIZATION_ERROR for anybody else, NOT_FOUND, CONFLICT
   */
  public UserView setActive(Principal who, long user, boolean active) {
    if (Grants.admin(who).id() == user && !active) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "You cannot deactivate your own account; ask another administrator");
    }
    return UserView.of(change(user, null, found -> found.withActive(active)));
  }

  private Standing standing(long id) {
    return memory.directory().user(id).orElseThrow(() -> HeadwayException.notFound("User"));
  }

  private static void requirePassword(String field, String password) {
    var defects = new ArrayList<Defect>();
    checkPassword(field, password, defects);
    refuse(defects);
  }

  private static void checkPassword(String field, String password, List<Defect> defects) {
    var length = password.codePointCount(0, password.length());
    if (length < LEAST_CHARACTERS || length > MOST_CHARACTERS) {
      defects.add(
          Defect.ofField(
              field,
              "A password has %d to %d characters, not %d"
                  .formatted(LEAST_CHARACTERS, MOST_CHARACTERS, length)));
    }
  }

  private static void refuse(List<Defect> defects) {
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
  }
}
