package dev.headway.core.account;

import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The client behind a request. */
public sealed interface Principal {
  /** Somebody who sent no credentials to a server that serves such clients. */
  record Anonymous(String address) implements Principal {}

  /**
   * A user, by a token or by an API key.
   *
   * @param id the user's id
   * @param email the user's e-mail address
   * @param role what may be done
   * @param queues the queues that may be claimed from; empty for all
   * @param ownWorkOnly whether the role of a worker is for the user's own jobs: that of a key that
   *     the user made
   * @param credential what was shown
   */
  record Known(
      long id,
      String email,
      Role role,
      Set<String> queues,
      boolean ownWorkOnly,
      Credential credential)
      implements Principal {
    /** Somebody whose role holds for everybody's work. */
    public Known(long id, String email, Role role, Set<String> queues, Credential credential) {
      this(id, email, role, queues, false, credential);
    }
  }

  /**
   * The bearer of a watch token: may watch the named topics and nothing else.
   *
   * @param id the id of the user who issued it
   * @param topics names of topics as they were asked for
   * @param credential what was shown
   */
  record Watcher(long id, Set<String> topics, Credential credential) implements Principal {}

  /**
   * The credential shown; it can be renewed, be revoked and expire while a socket is open.
   *
   * @param tokenId the token's {@code jti}, or the API key's id
   * @param issuedAt when it was issued
   * @param expiresAt when it ends; null for never
   */
  record Credential(String tokenId, Instant issuedAt, @Nullable Instant expiresAt) {}

  /** The id of the user behind it; null for nobody. */
  default @Nullable Long userId() {
    return switch (this) {
      case Anonymous _ -> null;
      case Known known -> known.id();
      case Watcher watcher -> watcher.id();
    };
  }

  /** The credential shown; null for none. */
  default @Nullable Credential shown() {
    return switch (this) {
      case Anonymous _ -> null;
      case Known known -> known.credential();
      case Watcher watcher -> watcher.credential();
    };
  }

  /** Whether it may do everything. */
  default boolean admin() {
    return this instanceof Known known && known.role().equals(Role.ADMIN);
  }
}
