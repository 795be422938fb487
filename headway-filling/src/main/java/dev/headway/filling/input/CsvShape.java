package dev.headway.filling.input;

import dev.headway.filling.input.NumberReading.DecimalMark;
import dev.headway.server.file.CsvText;
import org.jspecify.annotations.Nullable;

/**
 * The outer form of a CSV text.
 *
 * @param rows the text without Excel's line {@code sep=;}
 * @param separator between cells
 * @param openQuote the row in which a quoted cell begins that does not end; null for none
 */
record CsvShape(String rows, char separator, @Nullable Integer openQuote) {
  /** The form of a text: {@code sep=} decides on the separator, otherwise the header. */
  static CsvShape of(String content) {
    var text = CsvText.of(content);
    return new CsvShape(text.rows(), text.separator(), openQuote(text.rows(), text.separator()));
  }

  /** The decimal mark that goes with the separator: Excel separates by what is not one. */
  DecimalMark decimalMark() {
    return separator == ';' ? DecimalMark.COMMA : DecimalMark.POINT;
  }

  /** The reader takes what follows an open quote for one cell, so it is looked for beforehand. */
  private static @Nullable Integer openQuote(String rows, char separator) {
    var row = 1;
    var opened = 1;
    var quoted = false;
    var atStart = true; // nothing but blanks so far in this cell
    for (var at = 0; at < rows.length(); at++) {
      var character = rows.charAt(at);
      if (quoted) {
        quoted = character != '"';
      } else if (character == '"' && (atStart || rows.charAt(at - 1) == '"')) {
        opened = atStart ? row : opened;
        quoted = true;
        atStart = false;
      } else if (character == '\n') {
        row++;
        atStart = true;
      } else {
        atStart = character == separator || (atStart && character == ' ');
      }
    }
    return quoted ? opened : null;
  }
}
