package dev.headway.server.socket;

import dev.headway.core.account.Principal;

/** Says whether what a client once proved still holds. Called on event loops: never blocks. */
@FunctionalInterface
public interface CredentialCheck {
  /** Whether the credential is neither revoked nor its user deactivated. */
  boolean holds(Principal principal);
}
