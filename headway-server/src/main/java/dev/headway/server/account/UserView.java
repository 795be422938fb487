package dev.headway.server.account;

import dev.headway.core.account.Role;
import java.time.Instant;

/**
 * A user as clients see it.
 *
 * @param isSuperuser whether the role is {@code admin}
 * @param role the role's name on the wire
 */
public record UserView(
    long id, String email, boolean isActive, boolean isSuperuser, String role, Instant createdAt) {
  static UserView of(CachedUser user) {
    return new UserView(
        user.id(),
        user.email(),
        user.active(),
        user.role().equals(Role.ADMIN),
        user.role().name(),
        user.createdAt());
  }
}
