package dev.headway.filling.input;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Invisible characters: blanks that are not U+0020, joiners, fillers, soft hyphens, and marks of
 * direction, variation or byte order. Copied tables are full of them.
 */
final class Invisible {
  /** All of Unicode's separators but U+0020, and the empty Braille pattern. */
  private static final Pattern BLANKS = Pattern.compile("[\\p{Z}\u2800&&[^ ]]");

  /** Unicode's format characters but the visible signs among them; fillers and variations. */
  private static final Pattern NOTHING =
      Pattern.compile(
          "[\\p{Cf}&&[^\u0600-\u0605\u06DD\u070F\u08E2]]"
              + "|[\u034F\u115F\u1160\u180B-\u180F\u3164\uFE00-\uFE0F\uFFA0]");

  private Invisible() {}

  /**
   * The text with plain blanks, without what has no width, and stripped; a letter and its accent
   * are one character, however they were written.
   */
  static String removed(String text) {
    var plain = NOTHING.matcher(BLANKS.matcher(text).replaceAll(" ")).replaceAll("").strip();
    return Normalizer.normalize(plain, Normalizer.Form.NFC);
  }

  /** Whether there is more to remove than plain blanks at the ends. */
  static boolean in(String text) {
    return BLANKS.matcher(text).find() || NOTHING.matcher(text).find();
  }
}
