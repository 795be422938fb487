package dev.headway.core.port;

import dev.headway.core.account.ApiKey;
import dev.headway.core.account.AuditEntry;
import dev.headway.core.account.Identity;
import dev.headway.core.account.IssuedToken;
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

  /**
   * The user of an identity provider's person: known by issuer and subject; else the user without a
   * password and without an identity who has the address, and has it from now on as that person;
   * else added, with tokens that hold whenever they were made.
   *
   * @param role of a user who is added
   * @return the user; empty when the address is somebody else's
   */
  Optional<User> identify(Identity identity, Role role, Instant now);

  /** Removes a user with keys, tokens and identity; false when there is none. Ids never return. */
  boolean removeUser(long id);

  /** Writes a user's password hash, role, activity and the moment from which tokens hold. */
  void updateUser(User user);

  /**
   * Adds an API key; its id is chosen here.
   *
   * @param most how many keys its user may have
   * @return the key; empty when the user has as many. Servers that add at the same moment may
   *     exceed it by one each
   */
  Optional<ApiKey> addKey(ApiKey key, int most);

  /** The key with a hash. */
  Optional<ApiKey> keyByHash(String hash);

  /** A user's keys in order of id. */
  List<ApiKey> keys(long user);

  /** Removes a user's key; false when the user has no such key. */
  boolean deleteKey(long user, long id);

  /**
   * Notes a token that was issued, and forgets those of the user that have expired.
   *
   * @param most how many of its kind the user may have
   * @return false when the user has as many; nothing is noted then. Servers that add at the same
   *     moment may exceed it by one each
   */
  boolean addToken(IssuedToken token, int most);

  /** A user's tokens that have not expired, the newest first. */
  List<IssuedToken> tokens(long user, Instant now);

  /** Forgets a user's token; false when the user has no such token. */
  boolean deleteToken(long user, String id);

  /** Adds to the audit trail. */
  void addAudit(AuditEntry entry);

  /** The audit trail, newest first. */
  Page<AuditEntry> audit(PageRequest page);

  /**
   * A text that is another one after each entry of the audit trail and each revoked token,
   * whichever server or command made it. Reads little.
   */
  String revision();

  /** Whether registration has ever been closed and not been opened by a setting since. */
  boolean registrationClosed();

  /** Notes that registration is closed, or that a setting opens it. */
  void closeRegistration(boolean closed);

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
