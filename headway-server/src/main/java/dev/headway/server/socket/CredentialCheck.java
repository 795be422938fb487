package dev.headway.server.socket;

import dev.headway.core.account.Principal;

/** A check whether a client's credential is still valid. Called on event loops: never blocks. */
@FunctionalInterface
public interface CredentialCheck {
  /** Whether the credential is neither revoked nor its user deactivated. */
  boolean holds(Principal principal);
}
