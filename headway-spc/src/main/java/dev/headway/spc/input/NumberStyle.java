package dev.headway.spc.input;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The way in which the numbers of a file are written. */
public enum NumberStyle {
  /** A decimal point, and no separators of thousands. */
  POINT,
  /** A decimal comma; points separate thousands. */
  COMMA,
  /**
   * A decimal comma where there is one, otherwise a decimal point; for files separated by
   * semicolons, whose writers use either. What could be both is refused.
   */
  EITHER;

  // Double.parseDouble also takes hexadecimal numbers, type suffixes, NaN and Infinity.
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern GROUPED = Pattern.compile("[+-]?[0-9]{1,3}(?:\\.[0-9]{3})+(?:,.*)?");
  private static final Pattern AMBIGUOUS = Pattern.compile("[+-]?[1-9][0-9]{0,2}\\.[0-9]{3}");

  /** The name on the wire, for example {@code comma}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The number that a text is, or null when it is none. */
  public @Nullable Double number(String text) {
    var plain = plain(text.strip());
    return plain != null && DECIMAL.matcher(plain).matches() ? Double.valueOf(plain) : null;
  }

  private @Nullable String plain(String text) {
    return switch (this) {
      case POINT -> text;
      case COMMA ->
          text.indexOf('.') < 0 || GROUPED.matcher(text).matches() ? decimalComma(text) : null;
      case EITHER ->
          text.indexOf(',') >= 0
              ? COMMA.plain(text)
              : AMBIGUOUS.matcher(text).matches() ? null : text;
    };
  }

  private static String decimalComma(String text) {
    return text.replace(".", "").replace(',', '.');
  }

  /** The reason why a text is no number, with the remedy. */
  public String reason(String text) {
    if (text.isEmpty()) {
      return "is empty";
    }
    var shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
    if (this == EITHER && AMBIGUOUS.matcher(text).matches()) {
      return "'%s' can be %s or %s; say decimal_mark".formatted(shown, text.replace(".", ""), text);
    }
    var hint = this == POINT && text.indexOf(',') >= 0 ? "; use a decimal point" : "";
    return "'%s' is not a finite number%s".formatted(shown, hint);
  }
}
