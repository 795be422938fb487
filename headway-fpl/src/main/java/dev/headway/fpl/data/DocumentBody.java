package dev.headway.fpl.data;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;

/**
 * The text of an answer's body. JSON is UTF-8 whatever the answer says of its charset (RFC 8259,
 * section 8.1); a byte order mark is passed over, and gzip is unpacked, also where a server between
 * packs what nobody asked it to.
 */
final class DocumentBody {
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private DocumentBody() {}

  /** Takes a body of at most so many bytes; a longer one fails the request. */
  static BodyHandler<byte[]> atMost(int bytes) {
    return BodyHandlers.limiting(BodyHandlers.ofByteArray(), bytes);
  }

  /**
   * The text of an answer.
   *
   * @param mostBytes of the text, once unpacked
   * @throws IOException when it is longer, or packed wrongly
   */
  static String text(HttpResponse<byte[]> answer, int mostBytes) throws IOException {
    var coding = answer.headers().firstValue("Content-Encoding").orElse("");
    var bytes =
        coding.equalsIgnoreCase("gzip") ? unpacked(answer.body(), mostBytes) : answer.body();
    var text = new String(bytes, StandardCharsets.UTF_8);
    return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
  }

  private static byte[] unpacked(byte[] packed, int mostBytes) throws IOException {
    try (var stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      var bytes = stream.readNBytes(mostBytes + 1);
      if (bytes.length > mostBytes) {
        throw new IOException("the document is longer than %d bytes".formatted(mostBytes));
      }
      return bytes;
    }
  }
}
