package dev.headway.filling.export;

import dev.headway.filling.export.PdfCanvas.Box;
import dev.headway.filling.export.PdfCanvas.Ink;
import dev.headway.filling.model.Activity;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Schedule;
import java.awt.Color;
import java.io.IOException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Draws a schedule as a Gantt chart: panels of up to seven days below each other, a row a line in
 * each, dates along the top.
 */
final class GanttDrawing {
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("EEE d MMM yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final long DAY_MICROS = Micros.ofHours(24);
  private static final int PANEL_DAYS = 7;
  private static final float LABELS = 70;
  private static final float AXIS = 18;
  private static final float GAP = 18;
  private static final float PLOT = PdfCanvas.WIDTH - 2 * PdfCanvas.MARGIN - LABELS;
  private static final Color WEEKEND = new Color(0xF5F7FA);
  private static final Ink AXIS_INK = new Ink(7, PdfCanvas.FAINT);
  private static final Ink LINE_INK = new Ink(8, PdfCanvas.INK);

  private final PdfCanvas canvas;
  private final TypeColors colors;
  private final Instant midnight;
  private final long offset;
  private final int days;
  private final float rowHeight;
  private final List<Row> rows = new ArrayList<>();

  GanttDrawing(PdfCanvas canvas, Schedule schedule, TypeColors colors) {
    this.canvas = canvas;
    this.colors = colors;
    midnight = schedule.start().truncatedTo(ChronoUnit.DAYS);
    offset = ChronoUnit.MICROS.between(midnight, schedule.start());
    days = Math.toIntExact(Math.ceilDiv(offset + schedule.makespan(), DAY_MICROS));
    rowHeight = schedule.lines().size() <= 10 ? 26 : 17;
    for (var line = 0; line < schedule.lines().size(); line++) {
      rows.add(new Row(schedule.lines().get(line), schedule.ofLine(line)));
    }
  }

  /** A line's activities, and the first of them that the next panel can show. */
  private static final class Row {
    final String name;
    final List<Activity> activities;
    int next;

    Row(String name, List<Activity> activities) {
      this.name = name;
      this.activities = activities;
    }
  }

  /** Draws all panels from {@code y} on, over as many pages as they need. */
  void draw(float y) throws IOException {
    var height = AXIS + rowHeight * rows.size();
    var top = y;
    for (var day = 0; day < days; day += PANEL_DAYS) {
      if (top + height > PdfCanvas.BOTTOM) {
        canvas.newPage();
        top = PdfCanvas.MARGIN;
      }
      drawPanel(day, top);
      top += height + GAP;
    }
  }

  private void drawPanel(int firstDay, float top) throws IOException {
    var bottom = top + AXIS + rowHeight * rows.size();
    for (var day = 0; day < PANEL_DAYS; day++) {
      drawDay(firstDay + day, new Box(x(firstDay, firstDay + day), top, dayWidth(), bottom - top));
    }
    var rowTop = top + AXIS;
    for (var row : rows) {
      var across = new Box(PdfCanvas.MARGIN, rowTop, LABELS + PLOT, 0);
      canvas.line(across, PdfCanvas.RULE);
      var name = canvas.cut(row.name, LABELS - 8, LINE_INK);
      canvas.text(name, PdfCanvas.MARGIN, rowTop + rowHeight / 2 + 3, LINE_INK);
      drawRow(row, firstDay, rowTop);
      rowTop += rowHeight;
    }
    canvas.line(new Box(PdfCanvas.MARGIN, bottom, LABELS + PLOT, 0), PdfCanvas.RULE);
  }

  private void drawDay(int day, Box box) throws IOException {
    var date = midnight.plus(day, ChronoUnit.DAYS);
    if (date.atZone(ZoneOffset.UTC).getDayOfWeek().getValue() >= 6) {
      canvas.rectangle(box, WEEKEND);
    }
    canvas.line(new Box(box.x(), box.y(), 0, box.height()), PdfCanvas.RULE);
    canvas.text(DAY.format(date), box.x() + 3, box.y() + 11, AXIS_INK);
  }

  private void drawRow(Row row, int firstDay, float top) throws IOException {
    var from = firstDay * DAY_MICROS - offset;
    var until = from + PANEL_DAYS * DAY_MICROS;
    while (row.next < row.activities.size()) {
      var activity = row.activities.get(row.next);
      var start = Math.max(activity.span().start(), from);
      var end = Math.min(activity.span().end(), until);
      if (start < end) {
        var left = PdfCanvas.MARGIN + LABELS + width(start - from);
        drawActivity(activity, new Box(left, top + 4, width(end - start), rowHeight - 8));
      }
      if (activity.span().end() > until) {
        return;
      }
      row.next++;
    }
  }

  private void drawActivity(Activity activity, Box box) throws IOException {
    switch (activity) {
      case Activity.Clean clean -> {
        canvas.rectangle(box, TypeColors.CLEAN);
        canvas.label("Clean " + clean.block(), box, new Ink(7, Color.WHITE));
      }
      case Activity.Changeover _ -> {
        var inset = box.height() / 4;
        var bar = new Box(box.x(), box.y() + inset, box.width(), box.height() - 2 * inset);
        canvas.rectangle(bar, TypeColors.CHANGEOVER);
      }
      case Activity.Fill fill -> {
        canvas.rectangle(box, colors.of(fill.lot().type()));
        var room = Math.max(0, box.width() - 3);
        var ink = new Ink(6.5f, Color.WHITE);
        canvas.label(room < 14 ? "" : canvas.cut(fill.lot().id(), room, ink), box, ink);
      }
    }
  }

  private static float x(int firstDay, int day) {
    return PdfCanvas.MARGIN + LABELS + (day - firstDay) * dayWidth();
  }

  private static float dayWidth() {
    return PLOT / PANEL_DAYS;
  }

  private static float width(long micros) {
    return (float) ((double) micros / DAY_MICROS * dayWidth());
  }
}
