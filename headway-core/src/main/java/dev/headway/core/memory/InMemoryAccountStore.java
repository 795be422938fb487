package dev.headway.core.memory;

import dev.headway.core.account.ApiKey;
import dev.headway.core.account.AuditEntry;
import dev.headway.core.account.Identity;
import dev.headway.core.account.IssuedToken;
import dev.headway.core.account.Role;
import dev.headway.core.account.User;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Accounts in memory, gone with the process. Safe for use by any thread. */
public final class InMemoryAccountStore implements AccountStore {
  private final Map<Long, User> users = new TreeMap<>();
  private final Map<Long, ApiKey> keys = new TreeMap<>();
  private final Map<String, Instant> revoked = new HashMap<>();
  private final Map<Identity, Long> identities = new HashMap<>();
  private final Map<String, IssuedToken> tokens = new LinkedHashMap<>();
  private final List<AuditEntry> audit = new ArrayList<>();
  private boolean registrationClosed;
  private long lastUser;
  private long lastKey;

  /** An empty store. */
  public InMemoryAccountStore() {}

  @Override
  public synchronized Optional<User> addUser(
      String email, String passwordHash, Role role, Instant now) {
    if (userByEmail(email).isPresent()) {
      return Optional.empty();
    }
    var user = new User(++lastUser, email, passwordHash, role, true, now, now);
    users.put(user.id(), user);
    return Optional.of(user);
  }

  @Override
  public synchronized Optional<User> user(long id) {
    return Optional.ofNullable(users.get(id));
  }

  @Override
  public synchronized Optional<User> userByEmail(String email) {
    return users.values().stream().filter(user -> user.email().equals(email)).findFirst();
  }

  @Override
  public synchronized Page<User> users(PageRequest page) {
    var after = page.after(Long::valueOf);
    var items =
        users.values().stream()
            .filter(user -> after == null || user.id() > after)
            .skip(page.offset())
            .limit(page.size())
            .toList();
    return Page.of(page, items, users.size(), User::id);
  }

  @Override
  public synchronized void updateUser(User user) {
    users.computeIfPresent(
        user.id(),
        (id, stored) ->
            new User(
                id,
                stored.email(),
                user.passwordHash(),
                user.role(),
                user.active(),
                stored.createdAt(),
                user.tokensValidFrom()));
  }

  @Override
  public synchronized Optional<User> identify(Identity identity, Role role, Instant now) {
    var person = new Identity(identity.issuer(), identity.subject(), "");
    var known = identities.get(person);
    if (known != null) {
      return user(known);
    }
    var holder = userByEmail(identity.email());
    if (holder.filter(user -> !adoptable(user)).isPresent()) {
      return Optional.empty();
    }
    var user = holder.orElseGet(() -> added(identity.email(), role, now));
    identities.put(person, user.id());
    return Optional.of(user);
  }

  private boolean adoptable(User user) {
    return user.passwordHash().equals(User.NO_PASSWORD) && !identities.containsValue(user.id());
  }

  private User added(String email, Role role, Instant now) {
    var user = new User(++lastUser, email, User.NO_PASSWORD, role, true, now, Instant.EPOCH);
    users.put(user.id(), user);
    return user;
  }

  @Override
  public synchronized boolean removeUser(long id) {
    keys.values().removeIf(key -> key.user() == id);
    tokens.values().removeIf(token -> token.user() == id);
    identities.values().removeIf(user -> user == id);
    return users.remove(id) != null;
  }

  @Override
  public synchronized boolean addToken(IssuedToken token, int most) {
    tokens
        .values()
        .removeIf(old -> old.user() == token.user() && !old.expiresAt().isAfter(token.issuedAt()));
    var held =
        tokens.values().stream()
            .filter(old -> old.user() == token.user() && old.kind() == token.kind())
            .count();
    if (held >= most) {
      return false;
    }
    tokens.put(token.id(), token);
    return true;
  }

  @Override
  public synchronized List<IssuedToken> tokens(long user, Instant now) {
    return tokens.values().stream()
        .filter(token -> token.user() == user && token.expiresAt().isAfter(now))
        .toList()
        .reversed();
  }

  @Override
  public synchronized boolean deleteToken(long user, String id) {
    var token = tokens.get(id);
    return token != null && token.user() == user && tokens.remove(id, token);
  }

  @Override
  public synchronized void addAudit(AuditEntry entry) {
    audit.add(entry);
  }

  @Override
  public synchronized String revision() {
    return audit.size() + " " + revoked.size();
  }

  @Override
  public synchronized Page<AuditEntry> audit(PageRequest page) {
    var after = page.after(Integer::valueOf);
    var numbers =
        IntStream.iterate(audit.size(), number -> number > 0, number -> number - 1)
            .filter(number -> after == null || number < after)
            .skip(page.offset())
            .limit(page.size())
            .boxed()
            .toList();
    return Page.of(page, numbers, audit.size(), number -> number)
        .map(number -> audit.get(number - 1));
  }

  @Override
  public synchronized boolean registrationClosed() {
    return registrationClosed;
  }

  @Override
  public synchronized void closeRegistration(boolean closed) {
    registrationClosed = closed;
  }

  @Override
  public synchronized Optional<ApiKey> addKey(ApiKey key, int most) {
    if (!users.containsKey(key.user())) {
      throw new IllegalStateException("There is no user " + key.user() + " to own a key");
    }
    if (keyByHash(key.hash()).isPresent()) {
      throw new IllegalStateException("There already is a key with this hash");
    }
    if (keys(key.user()).size() >= most) {
      return Optional.empty();
    }
    var added =
        new ApiKey(
            ++lastKey,
            key.user(),
            key.name(),
            key.hash(),
            key.role(),
            key.queues(),
            key.forOthers(),
            key.createdAt(),
            key.expiresAt());
    keys.put(added.id(), added);
    return Optional.of(added);
  }

  @Override
  public synchronized Optional<ApiKey> keyByHash(String hash) {
    return keys.values().stream().filter(key -> key.hash().equals(hash)).findFirst();
  }

  @Override
  public synchronized List<ApiKey> keys(long user) {
    return keys.values().stream().filter(key -> key.user() == user).toList();
  }

  @Override
  public synchronized boolean deleteKey(long user, long id) {
    var key = keys.get(id);
    return key != null && key.user() == user && keys.remove(id, key);
  }

  @Override
  public synchronized void revoke(String tokenId, Instant expiresAt) {
    revoked.merge(tokenId, expiresAt, (one, other) -> one.isAfter(other) ? one : other);
  }

  @Override
  public synchronized Map<String, Instant> revoked(Instant now) {
    revoked.values().removeIf(expiresAt -> !expiresAt.isAfter(now));
    return Map.copyOf(revoked);
  }
}
