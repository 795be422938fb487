package dev.headway.core.account;

import java.time.Instant;

/**
 * A person's account.
 *
 * @param id from 1
 * @param email unique, compared in lower case
 * @param passwordHash never leaves the server
 * @param role what the user may do
 * @param active false once deactivated: nothing is accepted from the user any more
 * @param createdAt when the account was made
 * @param tokensValidFrom tokens issued before this moment are revoked
 */
public record User(
    long id,
    String email,
    String passwordHash,
    Role role,
    boolean active,
    Instant createdAt,
    Instant tokensValidFrom) {
  /** The password hash of a user who has no password: an identity provider's. */
  public static final String NO_PASSWORD = "!";

  /** The same user with another password, whose older tokens no longer hold. */
  public User withPassword(String hash, Instant now) {
    return new User(id, email, hash, role, active, createdAt, now);
  }

  /** The same user, active or not. */
  public User withActive(boolean value) {
    return new User(id, email, passwordHash, role, value, createdAt, tokensValidFrom);
  }

  /** The same user with another role. */
  public User withRole(Role value) {
    return new User(id, email, passwordHash, value, active, createdAt, tokensValidFrom);
  }

  /** The same user, whose tokens made before {@code now} no longer hold. */
  public User signedOut(Instant now) {
    return new User(id, email, passwordHash, role, active, createdAt, now);
  }

  @Override
  public String toString() {
    return "User[%d %s %s]".formatted(id, email, role);
  }
}
