package dev.headway.server.file;

/**
 * A CSV text as spreadsheets write it.
 *
 * @param rows the text without Excel's line {@code sep=;}
 * @param separator the separator of its cells: that line's, otherwise the header's
 */
public record CsvText(String rows, char separator) {
  private static final String DIRECTIVE = "sep=";

  /** The text and its separator. */
  public static CsvText of(String content) {
    var end = content.indexOf('\n');
    var first = (end < 0 ? content : content.substring(0, end)).strip();
    if (!first.regionMatches(true, 0, DIRECTIVE, 0, DIRECTIVE.length())) {
      return headed(content);
    }
    var rest = content.substring(end < 0 ? content.length() : end + 1);
    if (first.length() == DIRECTIVE.length()) {
      return new CsvText(rest, '\t'); // which was stripped
    }
    var stated = first.charAt(DIRECTIVE.length());
    boolean directive = first.length() == DIRECTIVE.length() + 1 && stated != '"';
    return directive ? new CsvText(rest, stated) : headed(content);
  }

  private static CsvText headed(String content) {
    var header = content.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    return new CsvText(content, CsvSeparator.of(header));
  }
}
