package dev.headway.filling.input;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A text that was read as a number. Spreadsheets group digits by points, commas, blanks or
 * apostrophes and mark decimals by points or commas, so a text may mean two numbers.
 */
sealed interface NumberReading {
  /** Digits and at most a decimal point: there is only one way to read it. */
  record Exact(BigDecimal value) implements NumberReading {}

  /**
   * A number with grouped digits or a decimal comma that has only one meaning; people are told it.
   *
   * @param rule the reading in words, for example {@code with ' ' between thousands}
   */
  record ByRule(BigDecimal value, String rule) implements NumberReading {}

  /** A text that means one number to some and a thousand times as much to others. */
  record Ambiguous(BigDecimal small, BigDecimal large) implements NumberReading {}

  /** A number in scientific notation, in which spreadsheets lose digits. */
  record Scientific() implements NumberReading {}

  /** Not a number. */
  record None() implements NumberReading {}

  /** The decimal mark of a text's source. */
  enum DecimalMark {
    /** A point: JSON, and files separated by commas. */
    POINT,
    /**
     * A comma: files separated by semicolons, which spreadsheets write where commas are decimal.
     */
    COMMA
  }

  /** Patterns of texts, most of them digits in groups of three. */
  final class Patterns {
    private static final Pattern EXACT = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)");
    private static final Pattern SCIENTIFIC =
        Pattern.compile("[+-]?(\\d+[.,]?\\d*|[.,]\\d+)[eE][+-]?\\d+");
    private static final Pattern MARKS =
        Pattern.compile(
            "[+-]?[1-9]\\d{0,2}(?:([ _'`\u00B4\u02BC\u066C\u2019\u2032])\\d{3})(?:\\1\\d{3})*(?:[.,]\\d+)?");
    private static final Pattern ONE_POINT = Pattern.compile("[+-]?[1-9]\\d{0,2}\\.\\d{3}");
    private static final Pattern ONE_COMMA = Pattern.compile("[+-]?[1-9]\\d{0,2},\\d{3}");
    private static final Pattern POINTS =
        Pattern.compile("[+-]?[1-9]\\d{0,2}(\\.\\d{3})+,\\d+|[+-]?[1-9]\\d{0,2}(\\.\\d{3}){2,}");
    private static final Pattern COMMAS =
        Pattern.compile("[+-]?[1-9]\\d{0,2}(,\\d{3})+\\.\\d+|[+-]?[1-9]\\d{0,2}(,\\d{3}){2,}");
    private static final Pattern INDIAN =
        Pattern.compile("[+-]?[1-9]\\d?(,\\d{2})+,\\d{3}(\\.\\d+)?");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+");

    private Patterns() {}
  }

  /** Reads a stripped text without invisible characters, of a source with a decimal mark. */
  static NumberReading of(String text, DecimalMark mark) {
    var western = western(text);
    var read = ofWestern(western, mark);
    return read instanceof Exact(var value) && !western.equals(text)
        ? new ByRule(value, "with digits of another script")
        : read;
  }

  /** The text with 0 to 9 in place of other scripts' digits, and narrow points and commas. */
  private static String western(String text) {
    var western = new StringBuilder(text.length());
    text.codePoints()
        .map(each ->
            switch (each) {
              case '\uFF0C' -> ',';
              case '\uFF0E' -> '.';
              default -> Character.isDigit(each) ? '0' + Character.digit(each, 10) : each;
            })
        .forEach(western::appendCodePoint);
    return western.toString();
  }

  private static NumberReading ofWestern(String text, DecimalMark mark) {
    if (Patterns.ONE_POINT.matcher(text).matches()) {
      return onePoint(text, mark);
    }
    if (Patterns.ONE_COMMA.matcher(text).matches()) {
      return ambiguous(text.replace(',', '.'), text.replace(",", ""));
    }
    if (Patterns.EXACT.matcher(text).matches()) {
      return new Exact(new BigDecimal(text));
    }
    if (Patterns.SCIENTIFIC.matcher(text).matches()) {
      return new Scientific();
    }
    return grouped(text);
  }

  private static NumberReading onePoint(String text, DecimalMark mark) {
    return switch (mark) {
      case POINT -> ambiguous(text, text.replace(".", ""));
      case COMMA -> byRule(text.replace(".", ""), "with '.' between thousands");
    };
  }

  private static NumberReading ambiguous(String small, String large) {
    return new Ambiguous(new BigDecimal(small), new BigDecimal(large));
  }

  private static NumberReading byRule(String number, String rule) {
    return new ByRule(new BigDecimal(number), rule);
  }

  private static NumberReading grouped(String text) {
    var marked = Patterns.MARKS.matcher(text);
    if (marked.matches()) {
      var digits = text.replace(marked.group(1), "").replace(',', '.');
      return byRule(digits, "with %s between thousands".formatted(named(marked.group(1))));
    }
    if (Patterns.INDIAN.matcher(text).matches()) {
      return byRule(text.replace(",", ""), "with ',' between groups as in India");
    }
    if (Patterns.POINTS.matcher(text).matches()) {
      return byRule(text.replace(".", "").replace(',', '.'), "with '.' between thousands");
    }
    if (Patterns.COMMAS.matcher(text).matches()) {
      return byRule(text.replace(",", ""), "with ',' between thousands");
    }
    return Patterns.DECIMAL_COMMA.matcher(text).matches()
        ? byRule(text.replace(',', '.'), "with ',' before decimals")
        : new None();
  }

  private static String named(String mark) {
    return switch (mark) {
      case " " -> "a blank";
      case "_", "\u066C" -> "'%s'".formatted(mark);
      default -> "an apostrophe";
    };
  }

  /** A number for people: {@code 612,000}. */
  static String shown(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0
        ? String.format(Locale.ROOT, "%,d", value.toBigInteger())
        : value.toPlainString();
  }
}
