package dev.headway.spc.input;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The way in which the numbers of a file are written. Thousands may be separated by the mark that
 * is not the decimal one, by spaces or by apostrophes; a unit may follow.
 */
public enum NumberStyle {
  /** A decimal point. */
  POINT,
  /** A decimal comma. */
  COMMA,
  /** A decimal point, unless a number can only have a comma; what could be both is refused. */
  MOSTLY_POINT,
  /** A decimal comma, unless a number can only have a point; what could be both is refused. */
  MOSTLY_COMMA;

  // Double.parseDouble also takes hexadecimal numbers, type suffixes, NaN and Infinity.
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]+)?");
  private static final Pattern GROUPED =
      Pattern.compile("[+-]?[1-9][0-9]{0,2}(?:,[0-9]{3})+(?:\\.[0-9]*)?");
  private static final Pattern SPACED =
      Pattern.compile("[+-]?[0-9]{1,3}(?:[ \\u00a0\\u2009\\u202f'’][0-9]{3})+(?:[.,][0-9]*)?");
  private static final Pattern SPACES = Pattern.compile("[ \\u00a0\\u2009\\u202f'’]");

  // A letter right after the digits may be a slip of the hand, such as 12O.
  private static final Pattern UNIT =
      Pattern.compile(
          "(?<=[0-9.,])(?:[ \\u00a0\\u202f]?[%°\"]|[ \\u00a0\\u202f]\\p{L}|\\p{L}{2})[\\p{L}%°/²³·\"]{0,18}$");

  /** The longest text that is looked at again when it is no plain number. */
  private static final int LONGEST = 60;

  private static final char MINUS = '\u2212';

  /** The number that a text is, or null when it is none. */
  public @Nullable Double number(String text) {
    var plain = text.strip();
    if (this != COMMA && this != MOSTLY_COMMA && DECIMAL.matcher(plain).matches()) {
      return Double.valueOf(plain);
    }
    return plain.length() > LONGEST ? null : marked(bare(plain));
  }

  /** A text without a spreadsheet's quotes, a unit, and spaces between thousands. */
  private static String bare(String text) {
    var quoted = text.startsWith("=\"") && text.endsWith("\"") && text.length() > 3;
    var written = quoted ? text.substring(2, text.length() - 1) : text;
    var alone = UNIT.matcher(written.replace(MINUS, '-')).replaceFirst("");
    return SPACED.matcher(alone).matches() ? SPACES.matcher(alone).replaceAll("") : alone;
  }

  private @Nullable Double marked(String text) {
    var point = withPoint(text);
    var comma = withPoint(swapped(text));
    return switch (this) {
      case POINT -> point;
      case COMMA -> comma;
      case MOSTLY_POINT, MOSTLY_COMMA ->
          point == null ? comma : comma == null || isSure(text) ? expected(point, comma) : null;
    };
  }

  private @Nullable Double expected(Double point, @Nullable Double comma) {
    return comma == null || this == MOSTLY_POINT ? point : comma;
  }

  /** Whether the only mark of a text is the one that is expected. */
  private boolean isSure(String text) {
    return text.indexOf(this == MOSTLY_POINT ? ',' : '.') < 0;
  }

  private static String swapped(String text) {
    return text.replace('.', '\0').replace(',', '.').replace('\0', ',');
  }

  private static @Nullable Double withPoint(String text) {
    var plain = GROUPED.matcher(text).matches() ? text.replace(",", "") : text;
    return DECIMAL.matcher(plain).matches() ? Double.valueOf(plain) : null;
  }

  /** The reason why a text is no number, with the remedy. */
  public String reason(String text) {
    if (text.isEmpty()) {
      return "is empty";
    }
    var shown = text.length() <= 40 ? text : text.substring(0, 40) + "…";
    var point = POINT.number(text);
    var comma = COMMA.number(text);
    if (point != null && comma != null) {
      return "'%s' can be %s or %s; say decimal_mark"
          .formatted(shown, readable(Math.max(point, comma)), readable(Math.min(point, comma)));
    }
    if (point == null && comma == null) {
      return "'%s' is not a finite number".formatted(shown);
    }
    return "'%s' is not a finite number; use a decimal %s, or say decimal_mark"
        .formatted(shown, this == POINT ? "point" : "comma");
  }

  private static String readable(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? String.valueOf((long) number)
        : String.valueOf(number);
  }
}
