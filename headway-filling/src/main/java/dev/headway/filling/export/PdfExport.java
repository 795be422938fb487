package dev.headway.filling.export;

import dev.headway.filling.export.PdfCanvas.Box;
import dev.headway.filling.export.PdfCanvas.Ink;
import dev.headway.filling.export.TypeColors.Look;
import dev.headway.filling.export.TypeColors.Texture;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.apache.pdfbox.pdmodel.PDDocument;

/**
 * Writes a schedule as a PDF file: KPIs and legend, the Gantt chart, a list of activities, then the
 * rules. Times are the site's.
 */
public final class PdfExport {
  private static final int LEGEND_TYPES = 24;
  private static final float RIGHT = PdfCanvas.WIDTH - PdfCanvas.MARGIN;
  private static final float RULE_ROW = 14;
  private static final float RULE_VALUES = 150;
  private static final float TILE_GAP = 6;
  private static final Color TILE = new Color(0xF5F7FA);

  private final PdfCanvas canvas;
  private final ScheduleReport report;

  private PdfExport(PdfCanvas canvas, ScheduleReport report) {
    this.canvas = canvas;
    this.report = report;
  }

  /**
   * Writes the file; leaves the stream open.
   *
   * @param fonts finds the files of further fonts, for letters that the document's own lacks
   */
  public static void write(ScheduleReport report, Supplier<List<Path>> fonts, OutputStream out)
      throws IOException {
    try (var document = new PDDocument()) {
      document.getDocumentInformation().setTitle(report.name());
      document.getDocumentInformation().setCreator("Headway");
      try (var canvas = new PdfCanvas(document, fonts)) {
        new PdfExport(canvas, report).draw();
      }
      document.save(out);
    }
  }

  private void draw() throws IOException {
    drawTitle();
    drawKpis(74);
    var colors = new TypeColors(report.schedule());
    var below = drawLegend(colors, 134);
    new GanttDrawing(canvas, report, colors).draw(below + 16);
    new ActivityTable(canvas, report.clock()).draw(report.schedule());
    drawRules();
    canvas.footers(report.name());
  }

  private void drawTitle() throws IOException {
    var ink = new Ink(18, PdfCanvas.INK);
    canvas.text(
        canvas.cut(report.name(), RIGHT - PdfCanvas.MARGIN, ink), PdfCanvas.MARGIN, 50, ink);
    var subtitle =
        "Filling schedule by %s, from %s"
            .formatted(report.strategy(), report.clock().wholeText(report.schedule().start()));
    canvas.text(subtitle, PdfCanvas.MARGIN, 65, new Ink(9, PdfCanvas.FAINT));
  }

  private void drawKpis(float y) throws IOException {
    var kpis = KpiText.of(report.kpis());
    var width = (RIGHT - PdfCanvas.MARGIN + TILE_GAP) / kpis.size();
    var x = PdfCanvas.MARGIN;
    for (var kpi : kpis.entrySet()) {
      canvas.rectangle(new Box(x, y, width - TILE_GAP, 40), TILE);
      canvas.text(kpi.getKey(), x + 8, y + 14, new Ink(7.5f, PdfCanvas.FAINT));
      canvas.text(kpi.getValue(), x + 8, y + 31, new Ink(12.5f, PdfCanvas.INK));
      x += width;
    }
  }

  private void drawRules() throws IOException {
    canvas.newPage();
    var y = PdfCanvas.MARGIN + 12;
    canvas.text("Rules", PdfCanvas.MARGIN, y, new Ink(12.5f, PdfCanvas.INK));
    var name = new Ink(8, PdfCanvas.FAINT);
    var value = new Ink(8, PdfCanvas.INK);
    var left = PdfCanvas.MARGIN + RULE_VALUES;
    for (var rule : RulesText.of(report).entrySet()) {
      var names = canvas.wrapped(rule.getKey(), RULE_VALUES - 6, name);
      var values = canvas.wrapped(rule.getValue(), RIGHT - left, value);
      for (var at = 0; at < Math.max(names.size(), values.size()); at++) {
        y = below(y);
        canvas.text(at < names.size() ? names.get(at) : "", PdfCanvas.MARGIN, y, name);
        canvas.text(at < values.size() ? values.get(at) : "", left, y, value);
      }
    }
  }

  /** The base line of the next row, on a new page where this one is full. */
  private float below(float y) throws IOException {
    if (y + RULE_ROW <= PdfCanvas.BOTTOM) {
      return y + RULE_ROW;
    }
    canvas.newPage();
    return PdfCanvas.MARGIN + 12;
  }

  private float drawLegend(TypeColors colors, float y) throws IOException {
    var entries = new LinkedHashMap<String, Look>();
    colors.all().entrySet().stream()
        .limit(LEGEND_TYPES)
        .forEach(type -> entries.put(type.getKey(), type.getValue()));
    entries.put("Changeover", new Look(TypeColors.CHANGEOVER, Texture.PLAIN));
    entries.put("Clean", new Look(TypeColors.CLEAN, Texture.PLAIN));
    var ink = new Ink(8, PdfCanvas.INK);
    var x = PdfCanvas.MARGIN;
    var base = y;
    for (var entry : entries.entrySet()) {
      var name = canvas.cut(entry.getKey(), 120, ink);
      var width = 13 + canvas.width(name, ink) + 14;
      if (x + width > RIGHT) {
        x = PdfCanvas.MARGIN;
        base += 13;
      }
      canvas.look(new Box(x, base - 8, 9, 9), entry.getValue());
      canvas.text(name, x + 13, base, ink);
      x += width;
    }
    return base;
  }
}
