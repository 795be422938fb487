package dev.headway.filling.revision;

import org.jspecify.annotations.Nullable;

/**
 * A move of a lot to another place in a plan, as it was sent; null for what was not given. Without
 * {@code after} and {@code before} the lot becomes the last of its line; a move that only locks it
 * leaves it in its place.
 *
 * @param lotId which lot
 * @param line the name of its line; that of the lot beside it, or else its own, when absent
 * @param after the id of the lot that it follows
 * @param before the id of the lot whose block it joins, right before it
 * @param clean whether a clean comes right before it; when absent it joins a block
 * @param lockedStart the moment at which its filling has to begin; "" for none any more
 */
public record LotMove(
    String lotId,
    @Nullable String line,
    @Nullable String after,
    @Nullable String before,
    @Nullable Boolean clean,
    @Nullable String lockedStart) {
  /** Whether it only locks or unlocks the lot. */
  boolean stays() {
    return lockedStart != null && line == null && after == null && before == null && clean == null;
  }

  boolean cleaned() {
    return Boolean.TRUE.equals(clean);
  }
}
