package dev.headway.filling.input;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Numbers as CSV cells and JSON values bring them. */
final class Numbers {
  private static final int MAX_LENGTH = 40;
  private static final int MAX_EXPONENT = 30;

  private Numbers() {}

  /**
   * The number that a text or a {@link Number} stands for, or null. NaN, infinities, numbers of
   * over 40 characters and those beyond 10^30, which would only cost time, are none.
   */
  static @Nullable BigDecimal parse(@Nullable Object value) {
    var text = value == null ? "" : value.toString().strip();
    if (tooLong(text) || !(value instanceof String || value instanceof Number)) {
      return null;
    }
    try {
      var number = new BigDecimal(text);
      return Math.abs(number.precision() - number.scale()) > MAX_EXPONENT ? null : number;
    } catch (NumberFormatException notNumeric) {
      return null;
    }
  }

  /** Whether a text has more digits than any number that is meant. */
  static boolean tooLong(String text) {
    return text.length() > MAX_LENGTH;
  }

  /** A text short enough to be repeated in a message. */
  static String shorten(String text) {
    return text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH) + "…";
  }
}
