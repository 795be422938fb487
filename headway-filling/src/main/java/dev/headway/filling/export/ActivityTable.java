package dev.headway.filling.export;

import dev.headway.filling.export.PdfCanvas.Box;
import dev.headway.filling.export.PdfCanvas.Ink;
import dev.headway.filling.model.Schedule;
import java.io.IOException;
import java.util.List;
import java.util.Locale;

/** Lists a schedule's activities with their exact times, page after page. */
final class ActivityTable {
  private static final float[] WIDTHS = {76, 104, 104, 40, 68, 136, 116, 126};
  private static final float ROW = 12.5f;
  private static final Ink HEAD = new Ink(7.5f, PdfCanvas.FAINT);
  private static final Ink CELL = new Ink(7.5f, PdfCanvas.INK);

  private final PdfCanvas canvas;
  private final SiteClock clock;
  private float y;

  /** A table whose times are those of the clock. */
  ActivityTable(PdfCanvas canvas, SiteClock clock) {
    this.canvas = canvas;
    this.clock = clock;
  }

  /** Draws the table from a new page on. */
  void draw(Schedule schedule) throws IOException {
    newPage();
    for (var row : ActivityRow.of(schedule)) {
      if (y + ROW > PdfCanvas.BOTTOM) {
        newPage();
      }
      drawRow(
          List.of(
              row.line(),
              clock.minuteText(row.start()),
              clock.minuteText(row.end()),
              String.format(Locale.ROOT, "%.2f", row.durationHours()),
              row.activity().kind().name(),
              row.lotId(),
              row.lotType(),
              row.activity().note()),
          CELL);
    }
  }

  private void newPage() throws IOException {
    canvas.newPage();
    y = PdfCanvas.MARGIN;
    drawRow(titles(), HEAD);
  }

  private List<String> titles() {
    return List.of(
        "Line",
        clock.heading("Start"),
        clock.heading("End"),
        "Hours",
        "Activity",
        "Lot",
        "Type",
        "Note");
  }

  private void drawRow(List<String> cells, Ink ink) throws IOException {
    var x = PdfCanvas.MARGIN;
    for (var column = 0; column < cells.size(); column++) {
      canvas.text(canvas.cut(cells.get(column), WIDTHS[column] - 6, ink), x, y + 9, ink);
      x += WIDTHS[column];
    }
    y += ROW;
    canvas.line(new Box(PdfCanvas.MARGIN, y, x - PdfCanvas.MARGIN, 0), PdfCanvas.RULE);
  }
}
