package dev.headway.filling.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import dev.headway.filling.model.Schedule;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Writes a schedule's activities as a CSV file (RFC 4180, UTF-8). */
public final class CsvExport {
  private CsvExport() {}

  /** Writes a header and a row an activity; leaves the stream open. */
  public static void write(Schedule schedule, OutputStream out) throws IOException {
    var writer =
        CsvWriter.builder().lineDelimiter(LineDelimiter.CRLF).build(out, StandardCharsets.UTF_8);
    writer.writeRecord(ActivityRow.COLUMNS);
    for (var row : ActivityRow.of(schedule)) {
      writer.writeRecord(
          row.start().toString(),
          row.end().toString(),
          row.activity().kind().name(),
          SpreadsheetText.neutral(row.lotId()),
          SpreadsheetText.neutral(row.lotType()),
          SpreadsheetText.neutral(row.line()),
          SpreadsheetText.neutral(row.activity().note()),
          String.format(Locale.ROOT, "%.6f", row.durationHours()));
    }
    writer.flush();
  }
}
