package dev.headway.server.account;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.account.User;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.AccountStore;
import dev.headway.server.account.password.PasswordRule;
import dev.headway.server.account.password.Passwords;
import dev.headway.server.account.token.Callers;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The users of an installation, as its administrators see them. Thread-safe; may block. */
public final class Users {
  private final AccountStore store;
  private final Directory directory;
  private final Passwords passwords;
  private final InstantSource clock;

  Users(AccountStore store, Directory directory, Passwords passwords, InstantSource clock) {
    this.store = store;
    this.directory = directory;
    this.passwords = passwords;
    this.clock = clock;
  }

  /**
   * Adds a user.
   *
   * @throws HeadwayException VALIDATION_ERROR with every defect, INVALID_INPUT when the address is
   *     taken
   */
  public UserView add(Login login, Role role) {
    var email = EmailAddress.normal(login.email());
    var defects = new ArrayList<Defect>();
    EmailAddress.check(email, defects);
    defects.addAll(PasswordRule.defects("password", login.password()));
    refuse(defects);
    return directory
        .add(email, passwords.hash(login.password()), role)
        .map(UserView::of)
        .orElseThrow(
            () -> new HeadwayException(ErrorCode.INVALID_INPUT, "Email already registered"));
  }

  /**
   * Sets another user's password and ends all of the user's tokens.
   *
   * @param who an administrator
   * @param email the user's address
   * @throws HeadwayException AUTHORIZATION_ERROR for anybody else, NOT_FOUND, VALIDATION_ERROR
   */
  public void resetPassword(Principal who, String email, String password) {
    Callers.admin(who);
    refuse(PasswordRule.defects("new", password));
    var user = store.userByEmail(EmailAddress.normal(email));
    setPassword(user.orElseThrow(Users::unknown).id(), null, password);
  }

  /** Sets a password and ends the user's tokens but one. */
  void setPassword(long user, @Nullable String keptToken, String password) {
    refuse(PasswordRule.defects("new", password));
    var hash = passwords.hash(password);
    var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    change(user, keptToken, found -> found.withPassword(hash, now));
  }

  /**
   * Activates or deactivates a user. While deactivated, nothing of the user's holds: no token, no
   * watch token, no API key.
   *
   * @param who an administrator, who cannot deactivate the own account
   * @throws HeadwayException AUTHORIZATION_ERROR for anybody else, NOT_FOUND, CONFLICT
   */
  public UserView setActive(Principal who, long user, boolean active) {
    if (Callers.admin(who).id() == user && !active) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "You cannot deactivate your own account; ask another administrator");
    }
    return UserView.of(change(user, null, found -> found.withActive(active)));
  }

  private CachedUser change(long user, @Nullable String keptToken, UnaryOperator<User> change) {
    return directory.change(user, keptToken, change).orElseThrow(Users::unknown);
  }

  /** The user with that id. */
  CachedUser known(long id) {
    return directory.user(id).orElseThrow(Users::unknown);
  }

  /** The active user of an address and a password. Takes as long when there is none. */
  Optional<User> withPassword(String email, String password) {
    var user = store.userByEmail(email);
    var right = passwords.matches(password, user.map(User::passwordHash));
    return user.filter(found -> right && found.active());
  }

  private static HeadwayException unknown() {
    return HeadwayException.notFound("User");
  }

  private static void refuse(List<Defect> defects) {
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
  }
}
