package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Warnings about cells that were read by a rule: one for each rule and column, with its first cell
 * and the number of others. Used by one thread.
 */
final class ReadingNotes {
  private final Map<String, Note> notes = new LinkedHashMap<>();

  private record Note(int row, String column, String text, int others) {
    Note oneMore() {
      return new Note(row, column, text, others + 1);
    }

    Defect warning() {
      var more = others == 0 ? "" : " (and %d more rows likewise)".formatted(others);
      return Defect.ofCell(row, column, "%s: %s%s.".formatted(column, text, more));
    }
  }

  /** Notes a cell whose text is the same in all rows. */
  void add(int row, String column, String text) {
    add(row, column, text, text);
  }

  /**
   * Notes a number that was read by a rule.
   *
   * @param text the cell
   * @param read the number
   */
  void add(int row, String column, String text, NumberReading.ByRule read) {
    var shown = NumberReading.shown(read.value());
    add(row, column, read.rule(), "'%s' was read as %s, %s".formatted(text, shown, read.rule()));
  }

  private void add(int row, String column, String rule, String text) {
    notes.merge(column + rule, new Note(row, column, text, 0), (earlier, _) -> earlier.oneMore());
  }

  /** The warnings, in the order of their first cells. */
  List<Defect> warnings() {
    return notes.values().stream().map(Note::warning).toList();
  }
}
