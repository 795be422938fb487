package dev.headway.server.account;

import dev.headway.core.account.Principal.Credential;
import dev.headway.core.account.Role;
import dev.headway.core.account.User;
import dev.headway.server.account.token.CredentialIds;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The members of a user that decide whether a credential is valid, without the password hash.
 *
 * @param tokensValidFrom tokens made before this moment no longer hold
 * @param keptToken the one token from before that does: the password was changed with it
 */
record CachedUser(
    long id,
    String email,
    Role role,
    boolean active,
    Instant createdAt,
    Instant tokensValidFrom,
    @Nullable String keptToken) {

  static CachedUser of(User user, @Nullable String keptToken) {
    return new CachedUser(
        user.id(),
        user.email(),
        user.role(),
        user.active(),
        user.createdAt(),
        user.tokensValidFrom(),
        keptToken);
  }

  /** Whether a credential of this user holds, as far as the user is concerned. */
  boolean admits(Credential credential) {
    return active
        && (CredentialIds.isKey(credential)
            || !credential.issuedAt().isBefore(tokensValidFrom)
            || credential.tokenId().equals(keptToken));
  }

  /** Whether something that held before may not hold any more: also what another role allowed. */
  boolean narrowerThan(CachedUser before) {
    return (before.active && !active)
        || !role.equals(before.role)
        || tokensValidFrom.isAfter(before.tokensValidFrom);
  }
}
