package dev.headway.server.routes;

import dev.headway.server.http.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;

/** The content coding gzip (RFC 9110, sections 8.4.1.3 and 12.5.3). Stateless. */
final class Compression {
  private static final int SMALLEST = 1_024;
  private static final Pattern TEXT = Pattern.compile("text/.*|image/svg.*|application/.*json");
  private static final Pattern ACCEPTED =
      Pattern.compile("(gzip|\\*)\\s*(;\\s*q=(1.*|0?\\.0*[1-9].*))?");

  private Compression() {}

  /** Whether a content becomes much smaller. */
  static boolean worthIt(String mediaType, byte[] content) {
    return content.length >= SMALLEST && TEXT.matcher(mediaType).matches();
  }

  /** Whether the client takes compressed answers. */
  static boolean accepted(Request request) {
    return Arrays.stream(request.header("accept-encoding").orElse("").split(","))
        .anyMatch(coding -> ACCEPTED.matcher(coding.strip()).matches());
  }

  /** The content, compressed. */
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
