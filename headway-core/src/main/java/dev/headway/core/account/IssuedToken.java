package dev.headway.core.account;

import java.time.Instant;
import java.util.Locale;

/**
 * A token that a user holds, without the token itself.
 *
 * @param id its {@code jti}
 * @param user whose it is
 * @param detail for people: the address of a sign-in, the topics of a watch token or link
 * @param signedInAt when the user showed a password; refreshing does not move it
 */
public record IssuedToken(
    String id,
    long user,
    Kind kind,
    String detail,
    Instant signedInAt,
    Instant issuedAt,
    Instant expiresAt) {
  /** The purposes of tokens. */
  public enum Kind {
    /** Everything that the user may do. */
    SESSION,
    /** Watching some topics. */
    WATCH,
    /** Watching one topic on a page for people without an account. */
    LINK;

    /** The name for clients, for example {@code watch}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
