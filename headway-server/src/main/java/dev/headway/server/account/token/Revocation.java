package dev.headway.server.account.token;

import dev.headway.core.account.Principal;
import dev.headway.core.account.Principal.Credential;
import java.util.Objects;
import java.util.function.Predicate;

/** A revocation of credentials from now on. */
public sealed interface Revocation {
  /** Whether a principal's credential no longer holds because of it. */
  boolean ends(Principal principal);

  /** Of one token or API key. */
  record OfCredential(String tokenId) implements Revocation {
    @Override
    public boolean ends(Principal principal) {
      var shown = principal.shown();
      return shown != null && shown.tokenId().equals(tokenId);
    }
  }

  /** Of some or all credentials of a user: deactivated, or with another password. */
  final class OfUser implements Revocation {
    private final long user;
    private final Predicate<Credential> admitted;

    /** Of those credentials of the user that are not admitted any more. */
    public OfUser(long user, Predicate<Credential> admitted) {
      this.user = user;
      this.admitted = admitted;
    }

    @Override
    public boolean ends(Principal principal) {
      var shown = principal.shown();
      return shown != null && Objects.equals(principal.userId(), user) && !admitted.test(shown);
    }

    @Override
    public String toString() {
      return "Revocation of user " + user;
    }
  }
}
