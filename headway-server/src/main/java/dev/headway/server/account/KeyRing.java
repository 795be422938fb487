package dev.headway.server.account;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headway.core.account.ApiKey;
import dev.headway.core.port.AccountStore;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API keys in use, in memory: the database is read when a key is shown for the first time, and
 * for all of them at each reload, for what other processes deleted. Thread-safe.
 */
final class KeyRing {
  /** What every key begins with, so that people and leak scanners recognise one. */
  static final String PREFIX = "hw_";

  private static final int MOST_KEYS = 10_000;
  private static final int MOST_CHARACTERS = 128;

  private final AccountStore store;
  private final Revocations revocations;
  private final Cache<String, @Nullable ApiKey> byHash =
      Caffeine.newBuilder().maximumSize(MOST_KEYS).executor(Runnable::run).build();

  KeyRing(AccountStore store, Revocations revocations) {
    this.store = store;
    this.revocations = revocations;
  }

  Optional<ApiKey> find(String key) {
    return key.length() > MOST_CHARACTERS
        ? Optional.empty()
        : Optional.ofNullable(byHash.get(Digests.sha256(key), this::read));
  }

  private @Nullable ApiKey read(String hash) {
    return store.keyByHash(hash).orElse(null);
  }

  /** Ends a key whose row is gone. */
  void forget(ApiKey key) {
    byHash.invalidate(key.hash());
    revocations.forgetKey(CredentialIds.ofKey(key));
  }

  void reload() {
    byHash.asMap().values().stream()
        .filter(key -> store.keyByHash(key.hash()).isEmpty())
        .toList()
        .forEach(this::forget);
  }
}
