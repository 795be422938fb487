package dev.headway.core.account;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A key for a program. Only its hash is kept.
 *
 * @param id from 1
 * @param user whose key it is
 * @param name for people
 * @param hash SHA-256 of the key, hexadecimal
 * @param role what the key may do, at most what its user may
 * @param queues the queues it may claim from; empty for all
 * @param forOthers whether an administrator gave it, so that it may claim jobs of other users
 * @param createdAt when it was made
 * @param expiresAt when it stops holding; null for never
 */
public record ApiKey(
    long id,
    long user,
    String name,
    String hash,
    Role role,
    Set<String> queues,
    boolean forOthers,
    Instant createdAt,
    @Nullable Instant expiresAt) {
  /** Takes a copy of the queues. */
  public ApiKey {
    queues = Set.copyOf(queues);
  }
}
