package dev.headway.server.account.token;

import dev.headway.core.account.Identity;
import dev.headway.core.account.Principal.Credential;
import dev.headway.server.socket.Verification;
import java.time.Instant;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The outcome of checking a token's form, signature and times. */
public sealed interface TokenCheck {
  /**
   * A token of a user of this server.
   *
   * @param user the user's id
   * @param topics what a watch token may watch; null for a token that is not one
   */
  record OfUser(long user, @Nullable Set<String> topics, Credential credential)
      implements TokenCheck {}

  /**
   * A token of somebody whom the identity provider knows.
   *
   * @param role the role's name as the provider says it; empty for none
   * @param signedInAt when the provider last asked the person to sign in; null where it does not
   *     say
   */
  record OfProvider(
      Identity identity, String role, Credential credential, @Nullable Instant signedInAt)
      implements TokenCheck {}

  /**
   * A token that does not hold.
   *
   * @param reason what clients may come to know
   * @param detail what is wrong, for the log: never a part of the token
   */
  record Refused(Verification.Reason reason, String detail) implements TokenCheck {
    static Refused invalid(String detail) {
      return new Refused(Verification.Reason.INVALID, detail);
    }
  }
}
