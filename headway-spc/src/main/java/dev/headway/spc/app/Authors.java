package dev.headway.spc.app;

import dev.headway.server.account.Signatures;
import dev.headway.server.http.Request;
import dev.headway.spc.store.Author;

/**
 * The authors of changes, with their signatures where changes are to be signed, or where a client
 * signs of its own accord. Thread-safe; may block.
 */
final class Authors {
  private final Signatures signatures;
  private final boolean required;

  /**
   * @param signatures confirm who signs
   * @param required whether every change must be signed
   */
  Authors(Signatures signatures, boolean required) {
    this.signatures = signatures;
    this.required = required;
  }

  /** The author of a request that is only previewed, which nobody signs. */
  static Author unsigned(Request request) {
    return Author.of(request.principal(), "");
  }

  /** The author of a request; see {@link Signatures#required} for what is refused. */
  Author of(Request request) {
    return of(request, "");
  }

  /**
   * The author of a request.
   *
   * @param claimed the name that a client without an account gives itself; may be blank
   */
  Author of(Request request, String claimed) {
    var author = Author.of(request.principal(), claimed);
    return required
        ? author.signing(signatures.required(request))
        : signatures.of(request).map(author::signing).orElse(author);
  }
}
