package dev.headway.filling.input;

import java.text.Normalizer;
import java.util.regex.Pattern;

/**
 * Characters that nobody sees: blanks that are not U+0020, joiners, soft hyphens and marks of
 * direction or byte order. Copied tables are full of them.
 */
final class Invisible {
  private static final Pattern BLANKS = Pattern.compile("[\u00A0\u2000-\u200A\u202F\u205F\u3000]");
  private static final Pattern NOTHING =
      Pattern.compile("[\u00AD\u200B-\u200F\u202A-\u202E\u2060-\u2064\uFEFF]");

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
