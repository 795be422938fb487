package dev.headway.server.http;

import java.util.Collection;

/** The Content-Security-Policy of the server's pages. */
public final class PagePolicy {
  /** The header's name. */
  public static final String HEADER = "Content-Security-Policy";

  private static final String OWN_ALONE =
      "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none';"
          + " form-action 'self'; frame-ancestors ";

  /** The policy of a page that no page may show in a frame. */
  public static final String UNFRAMED = OWN_ALONE + "'none'";

  /** The policy of a content that is nobody's page: nothing of it is loaded, run or shown. */
  public static final String INERT = "default-src 'none'; frame-ancestors 'none'; sandbox";

  private PagePolicy() {}

  /**
   * The policy of a page that pages of these origins may show in a frame.
   *
   * @param origins none for no page
   */
  public static String framedBy(Collection<String> origins) {
    return origins.isEmpty()
        ? UNFRAMED
        : OWN_ALONE + String.join(" ", origins.stream().sorted().toList());
  }
}
