package dev.headway.server.account;

import dev.headway.core.account.AuditEntry.Action;
import dev.headway.core.account.Principal;
import dev.headway.core.account.Role;
import dev.headway.core.account.User;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.server.account.audit.AuditTrail;
import dev.headway.server.account.password.PasswordRule;
import dev.headway.server.account.password.Passwords;
import dev.headway.server.account.token.Callers;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The users of an installation, as its administrators see them. Who does something is an
 * administrator, or null for a command on the server's own machine. Thread-safe; may block.
 */
public final class Users {
  /**
   * Changes of a user; null leaves something as it is.
   *
   * @param role the new role
   * @param active false disables the user: no token, watch token or key holds any more
   * @param signOut true ends all tokens of the user; API keys stay
   */
  public record Change(@Nullable Role role, @Nullable Boolean active, @Nullable Boolean signOut) {
    /** Another role. */
    public static Change of(Role role) {
      return new Change(role, null, null);
    }

    /** Disabled or enabled. */
    public static Change of(boolean active) {
      return new Change(null, active, null);
    }
  }

  private final AccountStore store;
  private final Directory directory;
  private final Passwords passwords;
  private final AuditTrail audit;
  private final InstantSource clock;

  Users(
      AccountStore store,
      Directory directory,
      Passwords passwords,
      AuditTrail audit,
      InstantSource clock) {
    this.store = store;
    this.directory = directory;
    this.passwords = passwords;
    this.audit = audit;
    this.clock = clock;
  }

  /** Adds a user from the command line; see {@link #add(Principal, Login, Role)}. */
  public UserView add(Login login, @Nullable Role role) {
    return add(null, login, role);
  }

  /**
   * Adds a user.
   *
   * @param role null for the usual one: the first user of an installation is its administrator
   * @throws HeadwayException VALIDATION_ERROR with every defect, INVALID_INPUT when the address is
   *     taken
   */
  public UserView add(@Nullable Principal who, Login login, @Nullable Role role) {
    requireAdmin(who);
    return added(who, login, role);
  }

  UserView added(@Nullable Principal who, Login login, @Nullable Role role) {
    var email = EmailAddress.normal(login.email());
    var defects = new ArrayList<Defect>();
    EmailAddress.check(email, defects);
    defects.addAll(PasswordRule.defects("password", login.password(), email));
    refuse(defects);
    var hash = passwords.hash(login.password());
    var given = role == null ? usualRole() : role;
    var user =
        directory
            .add(email, hash, given)
            .orElseThrow(
                () -> new HeadwayException(ErrorCode.INVALID_INPUT, "Email already registered"));
    audit.add(who, Action.USER_ADDED, email, "role " + given);
    return UserView.of(user);
  }

  private Role usualRole() {
    return none() ? Role.ADMIN : Role.USER;
  }

  /** Whether there is no user yet. */
  public boolean none() {
    return store.users(new PageRequest(1, 1)).total() == 0;
  }

  /** A page of the users in order of id. */
  public Page<UserView> list(@Nullable Principal who, PageRequest page) {
    requireAdmin(who);
    return store.users(page).map(user -> UserView.of(CachedUser.of(user, null)));
  }

  /**
   * A user by id.
   *
   * @throws HeadwayException NOT_FOUND
   */
  public UserView user(@Nullable Principal who, long id) {
    requireAdmin(who);
    return UserView.of(known(id));
  }

  /**
   * A user by address, as the command line names them.
   *
   * @throws HeadwayException NOT_FOUND
   */
  public UserView byEmail(String email) {
    return UserView.of(
        store
            .userByEmail(EmailAddress.normal(email))
            .map(user -> CachedUser.of(user, null))
            .orElseThrow(() -> HeadwayException.notFound("User " + email)));
  }

  /**
   * Changes a user. What the user's credentials no longer allow ends at once: sockets are closed.
   *
   * @throws HeadwayException NOT_FOUND; CONFLICT when it would leave no active administrator
   */
  public UserView change(@Nullable Principal who, long id, Change change) {
    requireAdmin(who);
    var before = known(id);
    var role = change.role() == null ? before.role() : change.role();
    var active = change.active() == null ? before.active() : change.active();
    if (!(active && role.equals(Role.ADMIN))) {
      requireAnotherAdmin(before);
    }
    var now = now();
    var changed =
        change(
            id,
            null,
            user -> {
              var next = user.withRole(role).withActive(active);
              return Boolean.TRUE.equals(change.signOut()) ? next.signedOut(now) : next;
            });
    record(who, before, changed, change);
    return UserView.of(changed);
  }

  private void record(
      @Nullable Principal who, CachedUser before, CachedUser changed, Change change) {
    var email = before.email();
    if (!before.role().equals(changed.role())) {
      var detail = "%s to %s".formatted(before.role(), changed.role());
      audit.add(who, Action.ROLE_CHANGED, email, detail);
    }
    if (before.active() != changed.active()) {
      audit.add(who, changed.active() ? Action.USER_ENABLED : Action.USER_DISABLED, email, "");
    }
    if (Boolean.TRUE.equals(change.signOut())) {
      audit.add(who, Action.SIGNED_OUT, email, "everywhere");
    }
  }

  /**
   * Removes a user with keys and tokens. Jobs of the user stay, for administrators alone.
   *
   * @throws HeadwayException NOT_FOUND; CONFLICT when it would leave no active administrator
   */
  public void remove(@Nullable Principal who, long id) {
    requireAdmin(who);
    var user = known(id);
    requireAnotherAdmin(user);
    directory.remove(id);
    audit.add(who, Action.USER_REMOVED, user.email(), "");
  }

  private void requireAnotherAdmin(CachedUser user) {
    if (user.active() && user.role().equals(Role.ADMIN) && !directory.anotherAdmin(user.id())) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "%s is the only administrator; make another one first".formatted(user.email()));
    }
  }

  /**
   * Sets another user's password and ends all of the user's tokens.
   *
   * @param email the user's address
   * @throws HeadwayException AUTHORIZATION_ERROR for anybody else, NOT_FOUND, VALIDATION_ERROR
   */
  public void resetPassword(@Nullable Principal who, String email, String password) {
    requireAdmin(who);
    var address = EmailAddress.normal(email);
    refuse(PasswordRule.defects("new", password, address));
    var user = store.userByEmail(address).orElseThrow(Users::unknown);
    setPassword(who, user.id(), null, password);
  }

  /** Sets a password and ends the user's tokens but one. */
  void setPassword(
      @Nullable Principal who, long user, @Nullable String keptToken, String password) {
    var hash = passwords.hash(password);
    var now = now();
    var changed = change(user, keptToken, found -> found.withPassword(hash, now));
    audit.add(who, Action.PASSWORD_CHANGED, changed.email(), "");
  }

  /** Ends all tokens of a user. */
  void signOut(Principal who, long user) {
    var now = now();
    var changed = change(user, null, found -> found.signedOut(now));
    audit.add(who, Action.SIGNED_OUT, changed.email(), "everywhere");
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

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MILLIS);
  }

  private static void requireAdmin(@Nullable Principal who) {
    if (who != null) {
      Callers.admin(who);
    }
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
