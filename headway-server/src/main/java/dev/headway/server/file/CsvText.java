package dev.headway.server.file;

/**
 * A CSV text as spreadsheets write it.
 *
 * @param rows the text without Excel's line {@code sep=;}
 * @param separator the separator of its cells: that line's, otherwise the header's
 */
public record CsvText(String rows, char separator) {
  /** The text and its separator. */
  public static CsvText of(String content) {
    var end = content.indexOf('\n');
    var stated = CsvSeparator.stated(end < 0 ? content : content.substring(0, end));
    if (stated != null) {
      return new CsvText(content.substring(end < 0 ? content.length() : end + 1), stated);
    }
    var header = content.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    return new CsvText(content, CsvSeparator.of(header));
  }
}
