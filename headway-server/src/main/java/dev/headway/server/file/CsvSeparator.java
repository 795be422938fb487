package dev.headway.server.file;

/** The separator of a CSV file, by its header. */
public final class CsvSeparator {
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

  private static long count(String text, char wanted) {
    return text.chars().filter(character -> character == wanted).count();
  }
}
