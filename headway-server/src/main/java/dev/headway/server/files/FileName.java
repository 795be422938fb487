package dev.headway.server.files;

import dev.headway.core.error.HeadwayException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The name of a file of a job: one path segment in any script, without what could mislead a reader
 * or leave its directory. Immutable.
 *
 * @param text the name
 */
public record FileName(String text) {
  /** The longest name as it is {@link #encoded}: file systems take 255 bytes. */
  public static final int MOST_BYTES = 240;

  /**
   * Takes a name.
   *
   * @throws HeadwayException VALIDATION_ERROR when no file may have it
   */
  public FileName {
    if (text.isBlank() || text.equals(".") || text.equals("..") || !plain(text)) {
      throw HeadwayException.invalid(
          "name",
          "A file's name must be one path segment without slashes, control characters and characters that turn the direction of writing");
    }
    var length = encode(text).length();
    if (length > MOST_BYTES) {
      throw HeadwayException.invalid(
          "name",
          "The file's name is too long: percent-encoded it has %d bytes, and at most %d are taken"
              .formatted(length, MOST_BYTES));
    }
  }

  /* U+202A to U+202E and U+2066 to U+2069 show "exe.pdf" for "fdp.exe" (Unicode TR 36, 3.3). */
  private static boolean plain(String text) {
    return text.chars()
        .noneMatch(c ->
            c == '/'
                || c == '\\'
                || Character.isISOControl(c)
                || (c >= 0x202a && c <= 0x202e)
                || (c >= 0x2066 && c <= 0x2069));
  }

  /** The name percent-encoded but for unreserved characters (RFC 3986, section 2.3). */
  public String encoded() {
    return encode(text);
  }

  /** The name that was {@link #encoded}; empty when the text is of no name. */
  static Optional<FileName> decode(String encoded) {
    try {
      var name = new FileName(URLDecoder.decode(encoded, StandardCharsets.UTF_8));
      return name.encoded().equals(encoded) ? Optional.of(name) : Optional.empty();
    } catch (HeadwayException | IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /* The JDK encodes for forms (application/x-www-form-urlencoded), which differ in three characters. */
  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8)
        .replace("+", "%20")
        .replace("*", "%2A")
        .replace("%7E", "~");
  }

  /**
   * The Content-Disposition of the file as something to be saved (RFC 6266): the name in ASCII for
   * old clients, and as it is for all others.
   */
  public String disposition() {
    var plain = text.replaceAll("[^A-Za-z0-9._ -]", "_");
    return "attachment; filename=\"%s\"; filename*=UTF-8''%s".formatted(plain, encoded());
  }
}
