package dev.headway.bench.output;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A summary as a table that reads well in a terminal and in a Markdown page. */
public final class MarkdownTable {
  private MarkdownTable() {}

  /** The lines of the table. */
  public static List<String> lines(Summary summary) {
    var table = summary.table();
    var widths = new int[table.getFirst().size()];
    for (var row : table) {
      Arrays.setAll(widths, at -> Math.max(widths[at], row.get(at).length()));
    }
    var lines = new ArrayList<String>();
    for (var row : table) {
      lines.add(line(row, widths));
      if (lines.size() == 1) {
        lines.add(rule(widths));
      }
    }
    return lines;
  }

  private static String line(List<String> cells, int[] widths) {
    var line = new StringBuilder("|");
    for (var at = 0; at < widths.length; at++) {
      var padding = " ".repeat(widths[at] - cells.get(at).length());
      // Text on the left, numbers on the right.
      line.append(' ').append(at < 2 ? cells.get(at) + padding : padding + cells.get(at));
      line.append(" |");
    }
    return line.toString();
  }

  private static String rule(int[] widths) {
    var rule = new StringBuilder("|");
    for (var at = 0; at < widths.length; at++) {
      rule.append(' ').append("-".repeat(widths[at] - (at < 2 ? 0 : 1)));
      rule.append(at < 2 ? " |" : ": |");
    }
    return rule.toString();
  }
}
