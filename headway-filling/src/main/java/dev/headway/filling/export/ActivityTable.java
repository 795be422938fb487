package dev.headway.filling.export;

import dev.headway.filling.export.PdfCanvas.Box;
import dev.headway.filling.export.PdfCanvas.Ink;
import dev.headway.filling.model.Schedule;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** Lists a schedule's activities with their exact times, page after page. */
final class ActivityTable {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final List<String> TITLES =
      List.of("Line", "Start (UTC)", "End (UTC)", "Hours", "Activity", "Lot", "Type", "Note");
  private static final float[] WIDTHS = {80, 90, 90, 46, 76, 140, 120, 128};
  private static final float ROW = 12.5f;
  private static final Ink HEAD = new Ink(7.5f, PdfCanvas.FAINT);
  private static final Ink CELL = new Ink(7.5f, PdfCanvas.INK);

  private final PdfCanvas canvas;
  private float y;

  ActivityTable(PdfCanvas canvas) {
    this.canvas = canvas;
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
              minute(row.start()),
              minute(row.end()),
              String.format(Locale.ROOT, "%.2f", row.durationHours()),
              row.activity().kind().name(),
              row.lotId(),
              row.lotType(),
              row.activity().note()),
          CELL);
    }
  }

  /** The nearest minute. */
  private static String minute(Instant moment) {
    return MOMENT.format(moment.plusSeconds(30));
  }

  private void newPage() throws IOException {
    canvas.newPage();
    y = PdfCanvas.MARGIN;
    drawRow(TITLES, HEAD);
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
