package dev.headway.fpl.data;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A fetched document with the validators of a conditional request.
 *
 * @param body JSON
 * @param etag validator, if the server gave one
 * @param lastModified the server's date of the document, as it wrote it
 * @param madeAt when the server made it, as far as known
 * @param checkedAt when the server last confirmed it
 */
record FetchedDocument(
    String body,
    @Nullable String etag,
    @Nullable String lastModified,
    Instant madeAt,
    Instant checkedAt) {
  FetchedDocument confirmed(Instant now) {
    return new FetchedDocument(body, etag, lastModified, madeAt, now);
  }
}
