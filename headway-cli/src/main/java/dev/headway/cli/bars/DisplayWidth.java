package dev.headway.cli.bars;

import java.util.regex.Pattern;
import org.jline.utils.WCWidth;

/** The width of text in a terminal's columns: some characters take two, some none. */
public final class DisplayWidth {
  private static final Pattern ESCAPES =
      Pattern.compile(
          "\u001b(?:\\[[0-9;?]*[ -/]*[@-~]|\\][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|[@-Z\\\\-_])");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}]+");

  private DisplayWidth() {}

  /** The text without escape sequences, its control characters replaced by blanks. */
  public static String printable(String text) {
    return isPrintable(text) ? text : cleaned(text);
  }

  private static boolean isPrintable(String text) {
    for (var i = 0; i < text.length(); i++) {
      var character = text.charAt(i);
      if (character < ' ' || character == '\u007f') {
        return false;
      }
    }
    return true;
  }

  private static String cleaned(String text) {
    return CONTROLS.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll(" ");
  }

  /** The number of columns that the text takes; escape sequences take none. */
  public static int width(String text) {
    return ESCAPES
        .matcher(text)
        .replaceAll("")
        .codePoints()
        .map(point -> Math.max(0, WCWidth.wcwidth(point)))
        .sum();
  }

  /** The text, which has no escape sequences, cut to at most {@code columns}, with '…' if cut. */
  public static String cut(String text, int columns) {
    if (width(text) <= columns) {
      return text;
    }
    var kept = new StringBuilder();
    var used = 0;
    for (var point : text.codePoints().toArray()) {
      used += Math.max(0, WCWidth.wcwidth(point));
      if (used > columns - 1) {
        break;
      }
      kept.appendCodePoint(point);
    }
    return columns < 1 ? "" : kept.append('…').toString();
  }

  /** The text cut or filled up with blanks to exactly {@code columns}. */
  public static String fit(String text, int columns) {
    var cut = cut(text, columns);
    return cut + " ".repeat(Math.max(0, columns - width(cut)));
  }
}
