package dev.headway.server.account;

import dev.headway.core.account.Principal;
import java.util.Objects;

/** Something that ends credentials from now on. */
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
    private final Standing now;

    OfUser(Standing now) {
      this.now = now;
    }

    @Override
    public boolean ends(Principal principal) {
      var shown = principal.shown();
      return shown != null && Objects.equals(principal.userId(), now.id()) && !now.admits(shown);
    }

    @Override
    public String toString() {
      return "Revocation of user " + now.id();
    }
  }
}
