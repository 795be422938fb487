package dev.headway.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The answers to the requests of one connection (HTTP/1.1, each with its length). */
final class Answers {
  private final StringBuilder unread = new StringBuilder();
  private final Consumer<@Nullable String> each;

  /**
   * @param each told of every answer: null when the server took the request, else all it says
   */
  Answers(Consumer<@Nullable String> each) {
    this.each = each;
  }

  /** Takes the next bytes, and releases them. */
  void read(ByteBuf in) {
    unread.append(in.toString(StandardCharsets.ISO_8859_1));
    in.release();
    for (var end = unread.indexOf("\r\n\r\n"); end >= 0; end = unread.indexOf("\r\n\r\n")) {
      var head = unread.substring(0, end);
      var length = end + 4 + contentLength(head);
      if (unread.length() < length) {
        return;
      }
      var taken = head.charAt("HTTP/1.1 ".length()) == '2';
      var whole = taken ? null : unread.substring(0, length);
      unread.delete(0, length);
      each.accept(whole);
    }
  }

  private static int contentLength(String head) {
    for (var line : head.split("\r\n", -1)) {
      var colon = line.indexOf(':');
      if (colon > 0 && line.substring(0, colon).toLowerCase(Locale.ROOT).equals("content-length")) {
        return Integer.parseInt(line.substring(colon + 1).strip());
      }
    }
    return 0;
  }
}
