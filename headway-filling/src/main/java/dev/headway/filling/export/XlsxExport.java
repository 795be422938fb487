package dev.headway.filling.export;

import dev.headway.filling.model.Micros;
import dev.headway.server.file.SpreadsheetText;
import java.io.IOException;
import java.io.OutputStream;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/** Writes a schedule as a workbook: its activities, its KPIs and its rules, each on a sheet. */
public final class XlsxExport {
  private static final double[] WIDTHS = {19, 19, 14, 18, 18, 14, 30, 15, 19, 19, 18};
  private static final String HEADER_COLOR = "D9E2EC";

  private XlsxExport() {}

  /**
   * Writes the workbook; leaves the stream open. Times are real dates by the site's clocks; beside
   * them stand the moments in UTC.
   */
  public static void write(ScheduleReport report, OutputStream out) throws IOException {
    var workbook = new Workbook(out, "Headway", null);
    try (var sheet = workbook.newWorksheet("Schedule")) {
      writeActivities(report, sheet);
    }
    try (var sheet = workbook.newWorksheet("Summary")) {
      writeSummary(report, sheet);
    }
    try (var sheet = workbook.newWorksheet("Rules")) {
      writeRules(report, sheet);
    }
    workbook.finish();
  }

  private static void writeActivities(ScheduleReport report, Worksheet sheet) {
    for (var column = 0; column < CsvExport.COLUMNS.size(); column++) {
      sheet.value(0, column, CsvExport.COLUMNS.get(column));
      sheet.width(column, WIDTHS[column]);
    }
    sheet.range(0, 0, 0, CsvExport.COLUMNS.size() - 1).style().bold().fillColor(HEADER_COLOR).set();
    sheet.freezePane(0, 1);
    var clock = report.clock();
    var utc = new SiteClock(ZoneOffset.UTC);
    var at = 1;
    for (var row : ActivityRow.of(report.schedule())) {
      moment(sheet, at, 0, clock.second(row.start()));
      moment(sheet, at, 1, clock.second(row.end()));
      sheet.value(at, 2, row.activity().kind().name());
      sheet.value(at, 3, SpreadsheetText.neutral(row.lotId()));
      sheet.value(at, 4, SpreadsheetText.neutral(row.lotType()));
      sheet.value(at, 5, SpreadsheetText.neutral(row.line()));
      sheet.value(at, 6, SpreadsheetText.neutral(row.activity().note()));
      sheet.value(at, 7, row.durationHours());
      sheet.style(at, 7).format("#,##0.00").set();
      moment(sheet, at, 8, utc.second(row.start()));
      moment(sheet, at, 9, utc.second(row.end()));
      sheet.value(at, 10, clock.zone().getId());
      at++;
    }
  }

  private static void moment(Worksheet sheet, int row, int column, LocalDateTime moment) {
    sheet.value(row, column, moment);
    sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
  }

  private static void writeSummary(ScheduleReport report, Worksheet sheet) {
    sheet.width(0, 22);
    sheet.width(1, 40);
    var row = 0;
    text(sheet, row++, "Schedule", report.name());
    text(sheet, row++, "Strategy", report.strategy());
    text(sheet, row++, "Start", report.clock().wholeText(report.schedule().start()));
    for (var kpi : KpiText.of(report.kpis()).entrySet()) {
      text(sheet, row++, kpi.getKey(), kpi.getValue());
    }
    for (var line = 0; line < report.schedule().lines().size(); line++) {
      sheet.value(
          row, 0, SpreadsheetText.neutral(report.schedule().lines().get(line)) + " busy (h)");
      sheet.value(row, 1, Micros.toHours(report.kpis().lineLengths().get(line)));
      row++;
    }
  }

  private static void writeRules(ScheduleReport report, Worksheet sheet) {
    sheet.width(0, 30);
    sheet.width(1, 60);
    var row = 0;
    for (var rule : RulesText.of(report).entrySet()) {
      text(sheet, row++, rule.getKey(), rule.getValue());
    }
  }

  private static void text(Worksheet sheet, int row, String label, String value) {
    sheet.value(row, 0, SpreadsheetText.neutral(label));
    sheet.style(row, 0).bold().set();
    sheet.value(row, 1, SpreadsheetText.neutral(value));
  }
}
