package dev.headway.filling.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.headway.server.file.SpreadsheetText;
import dev.headway.server.json.JsonCodec;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Writes a schedule's activities as a CSV file (RFC 4180, UTF-8). */
public final class CsvExport {
  /** The columns, in order: those of an activity, then its moments in UTC and the site's zone. */
  static final List<String> COLUMNS =
      Stream.concat(ActivityRow.COLUMNS.stream(), Stream.of("start_utc", "end_utc", "time_zone"))
          .toList();

  private CsvExport() {}

  /**
   * Writes a header and a row an activity; leaves the stream open. Times are the site's, as
   * spreadsheets read dates; the last columns have the moments themselves and the zone, for a local
   * time comes twice when clocks are put back. The first row has the rules, too, as JSON.
   */
  public static void write(ScheduleReport report, OutputStream out) throws IOException {
    var writer =
        CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out, StandardCharsets.UTF_8);
    writer.writeRecord(Stream.concat(COLUMNS.stream(), Stream.of("rules")).toList());
    var clock = report.clock();
    var rules = JsonCodec.json(report.rules()).text();
    for (var row : ActivityRow.of(report.schedule())) {
      writer.writeRecord(
          clock.secondText(row.start()),
          clock.secondText(row.end()),
          row.activity().kind().name(),
          SpreadsheetText.neutral(row.lotId()),
          SpreadsheetText.neutral(row.lotType()),
          SpreadsheetText.neutral(row.line()),
          SpreadsheetText.neutral(row.activity().note()),
          String.format(Locale.ROOT, "%.6f", row.durationHours()),
          row.start().toString(),
          row.end().toString(),
          clock.zone().getId(),
          rules);
      rules = "";
    }
    writer.flush();
  }
}
