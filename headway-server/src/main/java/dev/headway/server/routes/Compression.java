package dev.headway.server.routes;

import dev.headway.server.http.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** Content codings and who takes them (RFC 9110, sections 8.4.1 and 12.5.3). Stateless. */
final class Compression {
  private static final int SMALLEST = 1_024;
  private static final Pattern TEXT = Pattern.compile("text/.*|image/svg.*|application/.*json");
  private static final Pattern CODING = Pattern.compile("([^;\\s]+)\\s*(?:;\\s*q=(.*))?");
  private static final Pattern REFUSED = Pattern.compile("0(\\.0*)?");

  private Compression() {}

  /** Whether a content becomes much smaller. */
  static boolean worthIt(String mediaType, byte[] content) {
    return content.length >= SMALLEST && TEXT.matcher(mediaType).matches();
  }

  /** Whether the client takes answers in a coding, {@code gzip} for example. */
  static boolean accepted(Request request, String coding) {
    var taken = new HashMap<String, Boolean>();
    for (var asked : request.header("accept-encoding").orElse("").split(",", -1)) {
      var parts = CODING.matcher(asked.strip().toLowerCase(Locale.ROOT));
      if (parts.matches()) {
        var weight = Objects.requireNonNullElse(parts.group(2), "1");
        taken.put(parts.group(1), !REFUSED.matcher(weight).matches());
      }
    }
    return taken.getOrDefault(coding, taken.getOrDefault("*", false));
  }

  /** The content in the coding {@code gzip}. */
  static byte[] gzip(byte[] content) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(content);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}
