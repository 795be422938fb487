package dev.headway.core.memory;

import dev.headway.core.account.ApiKey;
import dev.headway.core.account.Role;
import dev.headway.core.account.User;
import dev.headway.core.port.AccountStore;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Accounts in memory, gone with the process. Safe for use by any thread. */
public final class InMemoryAccountStore implements AccountStore {
  private final Map<Long, User> users = new TreeMap<>();
  private final Map<Long, ApiKey> keys = new TreeMap<>();
  private final Map<String, Instant> revoked = new HashMap<>();
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
    var items = users.values().stream().skip(page.offset()).limit(page.size()).toList();
    return new Page<>(items, users.size());
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
  public synchronized ApiKey addKey(ApiKey key) {
    if (!users.containsKey(key.user())) {
      throw new IllegalStateException("There is no user " + key.user() + " to own a key");
    }
    if (keyByHash(key.hash()).isPresent()) {
      throw new IllegalStateException("There already is a key with this hash");
    }
    var added =
        new ApiKey(
            ++lastKey,
            key.user(),
            key.name(),
            key.hash(),
            key.role(),
            key.queues(),
            key.createdAt(),
            key.expiresAt());
    keys.put(added.id(), added);
    return added;
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
