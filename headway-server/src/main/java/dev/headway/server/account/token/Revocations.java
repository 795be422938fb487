package dev.headway.server.account.token;

import dev.headway.core.account.Principal.Credential;
import dev.headway.core.port.AccountStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The revoked credentials, in memory, and the listeners to revocations. Thread-safe; asking neither
 * blocks nor reads the database.
 */
public final class Revocations {
  private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

  /** How long a deleted key is remembered: longer than any handshake takes. */
  private static final Duration KEY_MEMORY = Duration.ofHours(1);

  private final AccountStore store;
  private final InstantSource clock;
  private final Map<String, Instant> revoked = new ConcurrentHashMap<>();
  private final List<Consumer<Revocation>> listeners = new CopyOnWriteArrayList<>();

  /** The revocations of a store; {@link #reload} reads them. */
  public Revocations(AccountStore store, InstantSource clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * Tells a listener of every revocation, at once and in the thread that revokes, once it is in
   * force: no credential that it ends is accepted from then on. The listener must be quick.
   */
  public void onRevoked(Consumer<Revocation> listener) {
    listeners.add(listener);
  }

  /** Whether a credential was revoked. */
  public boolean revoked(Credential credential) {
    return revoked.containsKey(credential.tokenId());
  }

  /** Ends a token for good. */
  public void revoke(String tokenId, Instant expiresAt) {
    var until = expiresAt.plus(Tokens.SKEW);
    store.revoke(tokenId, until);
    remember(tokenId, until);
  }

  /** Ends a key whose row is gone from the store. */
  public void forgetKey(String tokenId) {
    remember(tokenId, clock.instant().plus(KEY_MEMORY));
  }

  /** Reads what other processes have revoked, and drops what has expired anyway. */
  public void reload() {
    var now = clock.instant();
    revoked.values().removeIf(until -> !until.isAfter(now));
    store.revoked(now).forEach(this::remember);
  }

  private void remember(String tokenId, Instant until) {
    if (revoked.put(tokenId, until) == null) {
      publish(new Revocation.OfCredential(tokenId));
    }
  }

  /** Tells all listeners. */
  public void publish(Revocation revocation) {
    for (var listener : listeners) {
      try {
        listener.accept(revocation);
      } catch (RuntimeException failed) {
        LOG.error("A listener failed on a revocation; the others are told", failed);
      }
    }
  }
}
