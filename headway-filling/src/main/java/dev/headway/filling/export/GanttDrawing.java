package dev.headway.filling.export;

import dev.headway.filling.export.PdfCanvas.Box;
import dev.headway.filling.export.PdfCanvas.Ink;
import dev.headway.filling.model.Activity;
import dev.headway.filling.model.Schedule;
import java.awt.Color;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a schedule as a Gantt chart: panels of up to seven days below each other, a row a line in
 * each, dates along the top. Days are those of the site's clocks.
 */
final class GanttDrawing {
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
  private final SiteClock clock;
  private final Schedule schedule;
  private final float rowHeight;
  private final List<Row> rows = new ArrayList<>();

  GanttDrawing(PdfCanvas canvas, ScheduleReport report, TypeColors colors) {
    this.canvas = canvas;
    this.colors = colors;
    clock = report.clock();
    schedule = report.schedule();
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
    for (var day = 0; micros(day) < schedule.makespan(); day += PANEL_DAYS) {
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
    var panel = new Panel(micros(firstDay), micros(firstDay + PANEL_DAYS));
    for (var day = firstDay; day < firstDay + PANEL_DAYS; day++) {
      var left = panel.x(micros(day));
      drawDay(day, new Box(left, top, panel.x(micros(day + 1)) - left, bottom - top));
    }
    var rowTop = top + AXIS;
    for (var row : rows) {
      var across = new Box(PdfCanvas.MARGIN, rowTop, LABELS + PLOT, 0);
      canvas.line(across, PdfCanvas.RULE);
      var name = canvas.cut(row.name, LABELS - 8, LINE_INK);
      canvas.text(name, PdfCanvas.MARGIN, rowTop + rowHeight / 2 + 3, LINE_INK);
      drawRow(row, panel, rowTop);
      rowTop += rowHeight;
    }
    canvas.line(new Box(PdfCanvas.MARGIN, bottom, LABELS + PLOT, 0), PdfCanvas.RULE);
  }

  private void drawDay(int day, Box box) throws IOException {
    var date = clock.midnight(schedule.start(), day);
    if (date.atZone(clock.zone()).getDayOfWeek().getValue() >= 6) {
      canvas.rectangle(box, WEEKEND);
    }
    canvas.line(new Box(box.x(), box.y(), 0, box.height()), PdfCanvas.RULE);
    canvas.text(clock.dayText(date), box.x() + 3, box.y() + 11, AXIS_INK);
  }

  private void drawRow(Row row, Panel panel, float top) throws IOException {
    while (row.next < row.activities.size()) {
      var activity = row.activities.get(row.next);
      var start = Math.max(activity.span().start(), panel.from());
      var end = Math.min(activity.span().end(), panel.until());
      if (start < end) {
        var left = panel.x(start);
        drawActivity(activity, new Box(left, top + 4, panel.x(end) - left, rowHeight - 8));
      }
      if (activity.span().end() > panel.until()) {
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
        canvas.look(box, colors.of(fill.lot().type()));
        var room = Math.max(0, box.width() - 3);
        var ink = new Ink(6.5f, Color.WHITE);
        canvas.label(room < 14 ? "" : canvas.cut(fill.lot().id(), room, ink), box, ink);
      }
    }
  }

  /** When a day begins, by the site's clocks: a day of 23 or 25 hours is as long as it is. */
  private long micros(int day) {
    return ChronoUnit.MICROS.between(schedule.start(), clock.midnight(schedule.start(), day));
  }

  /**
   * The part of the schedule that stands in one panel, in microseconds after its start.
   *
   * @param from its first moment
   * @param until the first moment after it
   */
  private record Panel(long from, long until) {
    float x(long micros) {
      var share = (double) (micros - from) / (until - from);
      return PdfCanvas.MARGIN + LABELS + (float) (share * PLOT);
    }
  }
}
