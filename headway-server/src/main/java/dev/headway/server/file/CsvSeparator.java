package dev.headway.server.file;

import org.jspecify.annotations.Nullable;

/** The separator of a CSV file, by its header or by a spreadsheet's line {@code sep=}. */
public final class CsvSeparator {
  private static final String DIRECTIVE = "sep=";
  private static final String CANDIDATES = ",;\t|";

  private CsvSeparator() {}

  /** The separator that a header has most of; a comma when it has none, or as many of them. */
  public static char of(String header) {
    var best = ',';
    for (var at = 0; at < CANDIDATES.length(); at++) {
      var candidate = CANDIDATES.charAt(at);
      if (count(header, candidate) > count(header, best)) {
        best = candidate;
      }
    }
    return best;
  }

  /** The separator that a line {@code sep=;} states, also in quotes; null for another line. */
  public static @Nullable Character stated(String line) {
    var text = line.strip();
    var quoted = text.length() > 2 && text.startsWith("\"") && text.endsWith("\"");
    var plain = quoted ? text.substring(1, text.length() - 1) : text;
    if (!plain.regionMatches(true, 0, DIRECTIVE, 0, DIRECTIVE.length())) {
      return null;
    }
    return switch (plain.length() - DIRECTIVE.length()) {
      case 0 -> '\t'; // which was stripped
      case 1 -> plain.charAt(DIRECTIVE.length()) == '"' ? null : plain.charAt(DIRECTIVE.length());
      default -> null;
    };
  }

  private static long count(String text, char wanted) {
    return text.chars().filter(character -> character == wanted).count();
  }
}
