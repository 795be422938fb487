package dev.headway.spc.input;

import org.jspecify.annotations.Nullable;

/**
 * The end of a violation as it is sent.
 *
 * @param cause the assignable cause that was found
 * @param action what was done about it
 * @param user the name of somebody without an account
 */
public record ClosureDraft(String cause, String action, @Nullable String user) {
  /** The name of somebody without an account; may be blank. */
  public String claimedUser() {
    return user == null ? "" : user;
  }
}
