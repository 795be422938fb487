package dev.headway.server.http;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A part of a content (RFC 9110, section 14). Immutable.
 *
 * @param from its first byte
 * @param length its bytes; 0 when no byte of the content is in it
 */
public record ByteRange(long from, long length) {
  private static final Pattern ONE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

  /**
   * The part that a Range header asks for; empty for one that asks for several parts or cannot be
   * read, in whose place the whole content is sent.
   *
   * @param size the content's bytes
   */
  public static Optional<ByteRange> asked(String header, long size) {
    var range = ONE.matcher(header.strip());
    if (!range.matches() || header.strip().equals("bytes=-")) {
      return Optional.empty();
    }
    if (range.group(1).isEmpty()) {
      var last = Math.min(size, Long.parseLong(range.group(2)));
      return Optional.of(new ByteRange(size - last, last));
    }
    var from = Long.parseLong(range.group(1));
    var to = range.group(2).isEmpty() ? Long.MAX_VALUE - 1 : Long.parseLong(range.group(2));
    return to < from
        ? Optional.empty()
        : Optional.of(new ByteRange(from, Math.max(0, Math.min(size, to + 1) - from)));
  }
}
