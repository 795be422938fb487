package dev.headway.cli.bars;

import java.util.ArrayList;
import java.util.List;

/**
 * Some lines at the bottom of a terminal that are redrawn in place, only where they have changed,
 * with one write each time, so that nothing flickers. The cursor rests below them (ECMA-48: CUU,
 * CUD, EL, ED). Not thread-safe.
 */
final class LiveRegion {
  private static final String CLEAR_TO_LINE_END = "\u001b[K";
  private static final String CLEAR_BELOW = "\u001b[J";
  private static final String HIDE_CURSOR = "\u001b[?25l";
  private static final String SHOW_CURSOR = "\u001b[?25h";

  private final Surface surface;
  private List<String> drawn = List.of();
  private int drawnColumns;

  LiveRegion(Surface surface) {
    this.surface = surface;
  }

  /** Shows these lines, each at most as long as the surface is wide. */
  void draw(List<String> lines) {
    var columns = surface.columns();
    if (lines.equals(drawn) && columns == drawnColumns) {
      return;
    }
    var text = start();
    if (columns == drawnColumns) {
      update(text, lines);
    } else {
      // The terminal may have wrapped the lines anew: begin again from where they start now.
      text.append(up(rowsAt(columns))).append(CLEAR_BELOW);
      lines.forEach(line -> text.append(line).append("\r\n"));
    }
    write(text, lines, columns);
  }

  /** Prints lines above the region, where they stay. */
  void print(List<String> above) {
    var columns = surface.columns();
    var text = start().append(up(rowsAt(columns))).append(CLEAR_BELOW);
    above.forEach(line -> text.append(line).append("\r\n"));
    drawn.forEach(line -> text.append(line).append("\r\n"));
    write(text, drawn, columns);
  }

  /** Leaves the lines as they are and gives the cursor back. */
  void close() {
    if (drawnColumns > 0) {
      surface.write(SHOW_CURSOR);
    }
    drawn = List.of();
    drawnColumns = 0;
  }

  private StringBuilder start() {
    return new StringBuilder(drawnColumns == 0 ? HIDE_CURSOR : "");
  }

  private void write(StringBuilder text, List<String> lines, int columns) {
    surface.write(text.toString());
    drawn = new ArrayList<>(lines);
    drawnColumns = columns;
  }

  private void update(StringBuilder text, List<String> lines) {
    text.append(up(drawn.size()));
    var skipped = 0;
    for (var i = 0; i < lines.size(); i++) {
      if (i < drawn.size() && drawn.get(i).equals(lines.get(i))) {
        skipped++;
        continue;
      }
      text.append(down(skipped)).append(lines.get(i)).append(CLEAR_TO_LINE_END).append("\r\n");
      skipped = 0;
    }
    text.append(down(skipped));
    if (lines.size() < drawn.size()) {
      text.append(CLEAR_BELOW);
    }
  }

  private int rowsAt(int columns) {
    return drawn.stream()
        .mapToInt(line -> Math.max(1, Math.ceilDiv(DisplayWidth.width(line), Math.max(1, columns))))
        .sum();
  }

  private static String up(int rows) {
    return rows == 0 ? "" : "\u001b[" + rows + "A";
  }

  private static String down(int rows) {
    return rows == 0 ? "" : "\u001b[" + rows + "B";
  }
}
