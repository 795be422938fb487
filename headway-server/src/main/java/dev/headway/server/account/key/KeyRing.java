package dev.headway.server.account.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.headway.core.account.ApiKey;
import dev.headway.core.port.AccountStore;
import dev.headway.server.account.token.CredentialIds;
import dev.headway.server.account.token.Digests;
import dev.headway.server.account.token.Revocations;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The API keys in use, in memory: a key is read from the database at its first use, and all of them
 * again at each reload, because other processes may have deleted some. Thread-safe.
 */
public final class KeyRing {
  /** What every key begins with, so that people and leak scanners recognise one. */
  public static final String PREFIX = "hw_";

  private static final int MOST_KEYS = 10_000;
  private static final int MOST_CHARACTERS = 128;

  private final AccountStore store;
  private final Revocations revocations;
  private final Cache<String, @Nullable ApiKey> byHash =
      Caffeine.newBuilder().maximumSize(MOST_KEYS).executor(Runnable::run).build();

  /** The keys of a store. */
  public KeyRing(AccountStore store, Revocations revocations) {
    this.store = store;
    this.revocations = revocations;
  }

  /** The key with that text. */
  public Optional<ApiKey> find(String key) {
    return key.length() > MOST_CHARACTERS
        ? Optional.empty()
        : Optional.ofNullable(byHash.get(Digests.sha256(key), this::read));
  }

  private @Nullable ApiKey read(String hash) {
    return store.keyByHash(hash).orElse(null);
  }

  /** Ends a key whose row is gone. */
  public void forget(ApiKey key) {
    byHash.invalidate(key.hash());
    revocations.forgetKey(CredentialIds.ofKey(key));
  }

  /** Ends keys that another process has deleted. */
  public void reload() {
    byHash.asMap().values().stream()
        .filter(key -> store.keyByHash(key.hash()).isEmpty())
        .toList()
        .forEach(this::forget);
  }
}
