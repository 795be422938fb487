package dev.headway.spc.store;

import java.io.Reader;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Reads a text that is stored in numbered parts, fetching each when it is needed. */
final class PartsReader extends Reader {
  private final IntFunction<@Nullable String> parts;
  private String part = "";
  private int number;
  private int position;

  /**
   * @param parts the part of a number, from 0; null after the last
   */
  PartsReader(IntFunction<@Nullable String> parts) {
    this.parts = parts;
  }

  @Override
  public int read(char[] target, int offset, int length) {
    while (position == part.length()) {
      var next = parts.apply(number);
      if (next == null) {
        return -1;
      }
      part = next;
      position = 0;
      number++;
    }
    var count = Math.min(length, part.length() - position);
    part.getChars(position, position + count, target, offset);
    position += count;
    return count;
  }

  @Override
  public void close() {
    part = "";
    position = 0;
    number = Integer.MAX_VALUE;
  }
}
