package dev.headway.core.port;

import dev.headway.core.account.ApiKey;
import dev.headway.core.account.Role;
import dev.headway.core.account.User;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The store of accounts. A write survives a crash once its method has returned. Implementations are
 * safe for use by any thread and may block.
 */
public interface AccountStore {
  /**
   * Adds a user.
   *
   * @param email in lower case
   * @return the user; empty when the address is taken
   */
  Optional<User> addUser(String email, String passwordHash, Role role, Instant now);

  /** The user with an id. */
  Optional<User> user(long id);

  /** The user with an e-mail address in lower case. */
  Optional<User> userByEmail(String email);

  /** All users in order of id. */
  Page<User> users(PageRequest page);

  /** Writes a user's password hash, role, activity and the moment from which tokens hold. */
  void updateUser(User user);

  /** Adds an API key; its id is chosen here. */
  ApiKey addKey(ApiKey key);

  /** The key with a hash. */
  Optional<ApiKey> keyByHash(String hash);

  /** A user's keys in order of id. */
  List<ApiKey> keys(long user);

  /** Removes a user's key; false when the user has no such key. */
  boolean deleteKey(long user, long id);

  /**
   * Revokes a token.
   *
   * @param tokenId its {@code jti}
   * @param expiresAt after which nobody needs to remember it
   */
  void revoke(String tokenId, Instant expiresAt);

  /** The revoked tokens that have not expired yet, with the moment at which each does. */
  Map<String, Instant> revoked(Instant now);
}
