package dev.headway.server.account;

import dev.headway.core.account.Identity;
import dev.headway.core.account.Role;
import dev.headway.core.account.User;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.PageRequest;
import dev.headway.server.account.token.Revocation;
import dev.headway.server.account.token.Revocations;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The users in memory: loaded at the start, updated by every change made here, and compared with
 * the database at each reload for changes by other processes. Only a user that another process has
 * added since is read one by one. Thread-safe; a known user is looked up without blocking.
 */
final class Directory {
  private static final int PAGE = 1_000;

  private final AccountStore store;
  private final Revocations revocations;
  private final InstantSource clock;
  private final Map<Long, CachedUser> byId = new ConcurrentHashMap<>();

  private final Map<Identity, Long> byPerson = new ConcurrentHashMap<>();

  /** Writers take it, so that a row that was read earlier never replaces one written later. */
  private final Object writing = new Object();

  Directory(AccountStore store, Revocations revocations, InstantSource clock) {
    this.store = store;
    this.revocations = revocations;
    this.clock = clock;
  }

  void reload() {
    var gone = new HashSet<>(byId.keySet());
    String after = null;
    do {
      synchronized (writing) {
        var users = store.users(new PageRequest(1, PAGE, after));
        users.items().forEach(user -> gone.remove(remember(user, null).id()));
        after = users.next();
        if (after == null) {
          gone.stream().filter(id -> store.user(id).isEmpty()).forEach(this::forget);
        }
      }
    } while (after != null);
  }

  Optional<CachedUser> user(long id) {
    var known = byId.get(id);
    if (known != null) {
      return Optional.of(known);
    }
    synchronized (writing) {
      return store.user(id).map(user -> remember(user, null));
    }
  }

  /**
   * The user of an identity provider's person; see {@link AccountStore#identify}.
   *
   * @param role as the provider says it; null leaves it as it is
   */
  Optional<CachedUser> identify(Identity identity, @Nullable Role role) {
    var person = new Identity(identity.issuer(), identity.subject(), "");
    var known = Optional.ofNullable(byPerson.get(person)).flatMap(this::user);
    if (known.filter(user -> role == null || user.role().equals(role)).isPresent()) {
      return known;
    }
    synchronized (writing) {
      var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
      return store
          .identify(identity, role == null ? Role.USER : role, now)
          .map(user -> {
            byPerson.put(person, user.id());
            if (role != null && !user.role().equals(role)) {
              store.updateUser(user.withRole(role));
              return remember(user.withRole(role), null);
            }
            return remember(user, null);
          });
    }
  }

  /** Removes a user and tells who listens that the user's credentials end. */
  boolean remove(long id) {
    synchronized (writing) {
      var removed = store.removeUser(id);
      forget(id);
      return removed;
    }
  }

  private void forget(long id) {
    byPerson.values().removeIf(user -> user == id);
    if (byId.remove(id) != null) {
      revocations.publish(new Revocation.OfUser(id, _ -> false));
    }
  }

  /** Whether there is an active administrator besides a user. */
  boolean anotherAdmin(long user) {
    return byId.values().stream()
        .anyMatch(other -> other.id() != user && other.active() && other.role().equals(Role.ADMIN));
  }

  /** Adds a user; empty when the address is taken. */
  Optional<CachedUser> add(String email, String passwordHash, Role role) {
    synchronized (writing) {
      return store
          .addUser(email, passwordHash, role, clock.instant().truncatedTo(ChronoUnit.MILLIS))
          .map(user -> remember(user, null));
    }
  }

  /**
   * Changes a user in the database and here, and tells who listens when credentials end by it.
   *
   * @param keptToken a token that is to hold on, whatever the change; null for none
   * @return the user; empty when there is none with that id
   */
  Optional<CachedUser> change(long id, @Nullable String keptToken, UnaryOperator<User> change) {
    synchronized (writing) {
      return store
          .user(id)
          .map(user -> {
            var changed = change.apply(user);
            store.updateUser(changed);
            return remember(changed, keptToken);
          });
    }
  }

  private CachedUser remember(User user, @Nullable String keptToken) {
    var before = byId.get(user.id());
    var kept =
        before != null && before.tokensValidFrom().equals(user.tokensValidFrom())
            ? before.keptToken()
            : keptToken;
    var now = CachedUser.of(user, kept);
    byId.put(now.id(), now);
    if (before != null && now.narrowerThan(before)) {
      revocations.publish(new Revocation.OfUser(now.id(), now::admits));
    }
    return now;
  }
}
