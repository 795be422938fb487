package dev.headway.core.account;

import java.time.Instant;
import java.util.Locale;

/**
 * An entry of the accounts' audit trail: a change, its author and its time.
 *
 * @param at when
 * @param actor the address of the user who did it, or {@code command line}
 * @param account the address of the account that it was done to
 * @param detail what exactly, for people; never a secret
 */
public record AuditEntry(Instant at, String actor, Action action, String account, String detail) {
  /** The kinds of change. */
  public enum Action {
    USER_ADDED,
    ROLE_CHANGED,
    USER_DISABLED,
    USER_ENABLED,
    USER_REMOVED,
    PASSWORD_CHANGED,
    SIGNED_OUT,
    KEY_MADE,
    KEY_REVOKED;

    /** The name for clients, for example {@code role-changed}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
