package dev.headway.bench.load;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The answers to the requests of one connection (HTTP/1.1, each with its length). */
final class Answers {
  private static final String LENGTH = "\r\nContent-Length:";

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
    for (var at = head.indexOf("\r\n"); at >= 0; at = head.indexOf("\r\n", at + 2)) {
      if (head.regionMatches(true, at, LENGTH, 0, LENGTH.length())) {
        var end = head.indexOf("\r\n", at + 2);
        var value = head.substring(at + LENGTH.length(), end < 0 ? head.length() : end);
        return Integer.parseInt(value.strip());
      }
    }
    return 0;
  }
}
