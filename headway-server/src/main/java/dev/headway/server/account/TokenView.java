package dev.headway.server.account;

import dev.headway.core.account.IssuedToken;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A token that a user holds, as clients see it.
 *
 * @param kind {@code session}, {@code watch} or {@code link}
 * @param detail the address that signed in, or the topics
 * @param current whether it is the one that was shown
 */
public record TokenView(
    String id,
    String kind,
    String detail,
    Instant signedInAt,
    Instant issuedAt,
    Instant expiresAt,
    boolean current) {
  static TokenView of(IssuedToken token, @Nullable String shown) {
    return new TokenView(
        token.id(),
        token.kind().label(),
        token.detail(),
        token.signedInAt(),
        token.issuedAt(),
        token.expiresAt(),
        token.id().equals(shown));
  }
}
