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
    private static final Pattern BLANKS =
        Pattern.compile("[+-]?[1-9]\\d{0,2}(?:([ '\u2019])\\d{3})(?:\\1\\d{3})*(?:[.,]\\d+)?");
    private static final Pattern ONE_POINT = Pattern.compile("[+-]?[1-9]\\d{0,2}\\.\\d{3}");
    private static final Pattern ONE_COMMA = Pattern.compile("[+-]?[1-9]\\d{0,2},\\d{3}");
    private static final Pattern POINTS =
        Pattern.compile("[+-]?[1-9]\\d{0,2}(\\.\\d{3})+,\\d+|[+-]?[1-9]\\d{0,2}(\\.\\d{3}){2,}");
    private static final Pattern COMMAS =
        Pattern.compile("[+-]?[1-9]\\d{0,2}(,\\d{3})+\\.\\d+|[+-]?[1-9]\\d{0,2}(,\\d{3}){2,}");
    private static final Pattern DECIMAL_COMMA = Pattern.compile("[+-]?\\d*,\\d+");

    private Patterns() {}
  }

  /** Reads a stripped text without invisible characters, of a source with a decimal mark. */
  static NumberReading of(String text, DecimalMark mark) {
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
    if (Patterns.BLANKS.matcher(text).matches()) {
      var mark = text.contains(" ") ? "a blank" : "an apostrophe";
      var digits = text.replaceAll("[ '\u2019]", "").replace(',', '.');
      return byRule(digits, "with %s between thousands".formatted(mark));
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

  /** A number for people: {@code 612,000}. */
  static String shown(BigDecimal value) {
    return value.stripTrailingZeros().scale() <= 0
        ? String.format(Locale.ROOT, "%,d", value.toBigInteger())
        : value.toPlainString();
  }
}
