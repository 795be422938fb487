package dev.headway.cli;

import dev.headway.cli.bars.DisplayWidth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Text in columns that line up. Not thread-safe. */
final class Table {
  private static final String GAP = "  ";

  private final List<List<String>> rows = new ArrayList<>();

  Table(String... headings) {
    rows.add(List.of(headings));
  }

  /** Adds a row with as many cells as there are headings. */
  void row(List<String> cells) {
    rows.add(cells.stream().map(DisplayWidth::printable).toList());
  }

  /** The lines, the headings first. */
  List<String> lines() {
    var widths = new int[rows.getFirst().size()];
    for (var row : rows) {
      Arrays.setAll(widths, i -> Math.max(widths[i], DisplayWidth.width(row.get(i))));
    }
    return rows.stream().map(row -> line(row, widths)).toList();
  }

  private static String line(List<String> row, int[] widths) {
    var line = new StringBuilder();
    for (var i = 0; i < row.size(); i++) {
      line.append(i == 0 ? "" : GAP).append(DisplayWidth.fit(row.get(i), widths[i]));
    }
    return line.toString().stripTrailing();
  }
}
