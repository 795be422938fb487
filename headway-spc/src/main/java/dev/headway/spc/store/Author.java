package dev.headway.spc.store;

import dev.headway.core.account.Principal;
import dev.headway.server.account.Signature;
import org.jspecify.annotations.Nullable;

/**
 * The author of a change.
 *
 * @param name the user's e-mail address, or {@code anonymous}
 * @param signature the author's signature on the change; null where it was not signed
 */
public record Author(String name, @Nullable Signature signature) {
  private static final String ANONYMOUS = "anonymous";

  /**
   * The author of a change that is not signed.
   *
   * @param claimed the name that a client without an account gives itself; may be blank
   */
  public static Author of(Principal who, String claimed) {
    if (who instanceof Principal.Known known) {
      return new Author(known.email(), null);
    }
    return new Author(claimed.isBlank() ? ANONYMOUS : claimed.strip(), null);
  }

  /** The same author with a signature. */
  public Author signing(Signature given) {
    return new Author(name, given);
  }

  /** The meaning of the signature; null where there is none. */
  public @Nullable String meaning() {
    return signature == null ? null : signature.meaning();
  }
}
