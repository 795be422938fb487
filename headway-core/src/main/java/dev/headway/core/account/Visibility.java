package dev.headway.core.account;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A user's view of work that has owners.
 *
 * @param owner the user whose own work is in it; null for nobody's in particular
 * @param anonymous whether work without an owner is in it
 */
public record Visibility(@Nullable Long owner, boolean anonymous) {
  /**
   * Whether work is in it.
   *
   * @param of the work's owner; null for none
   */
  public boolean admits(@Nullable Long of) {
    return of == null ? anonymous : Objects.equals(of, owner);
  }
}
