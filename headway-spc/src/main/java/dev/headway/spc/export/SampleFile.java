package dev.headway.spc.export;

import de.siegmar.fastcsv.writer.CsvWriter;
import dev.headway.server.file.SpreadsheetText;
import dev.headway.spc.chart.Stage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** The formats of a file of samples. */
public enum SampleFile {
  /** Comma-separated, UTF-8, times in ISO 8601. */
  CSV("text/csv; charset=utf-8"),
  /** A workbook: samples, stages with their limits, and changes with signatures; times in UTC. */
  XLSX("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");

  private static final List<String> STAGE_COLUMNS =
      List.of("stage", "begins", "method", "center_line", "sigma", "samples");

  private final String mediaType;

  SampleFile(String mediaType) {
    this.mediaType = mediaType;
  }

  /** The Content-Type. */
  public String mediaType() {
    return mediaType;
  }

  /** The bytes of a file with the rows of a table. */
  public byte[] write(SampleTable table) {
    try {
      var out = new ByteArrayOutputStream();
      switch (this) {
        case CSV -> writeCsv(table, out);
        case XLSX -> writeXlsx(table, out);
      }
      return out.toByteArray();
    } catch (IOException failure) {
      throw new UncheckedIOException("A file in memory could not be written", failure);
    }
  }

  private static void writeCsv(SampleTable table, ByteArrayOutputStream out) throws IOException {
    try (var csv = CsvWriter.builder().build(out, StandardCharsets.UTF_8)) {
      csv.writeRecord(table.header());
      for (var row : table.rows()) {
        csv.writeRecord(row.stream().map(SampleFile::text).toList());
      }
    }
  }

  private static String text(@Nullable Object cell) {
    return switch (cell) {
      case null -> "";
      case Double number -> BigDecimal.valueOf(number).toPlainString();
      case Object other -> other.toString();
    };
  }

  private static void writeXlsx(SampleTable table, ByteArrayOutputStream out) throws IOException {
    var workbook = new Workbook(out, "Headway", null);
    writeSheet(workbook, "Samples", table.header(), table.rows());
    var stages = table.stages().stream().map(SampleFile::stage).toList();
    writeSheet(workbook, "Stages", STAGE_COLUMNS, stages);
    writeSheet(workbook, "Changes", SampleTable.CHANGE_COLUMNS, table.changes());
    workbook.finish();
  }

  private static void writeSheet(
      Workbook workbook, String name, List<String> header, List<List<@Nullable Object>> rows)
      throws IOException {
    try (var sheet = workbook.newWorksheet(name)) {
      header(sheet, header);
      for (var at = 0; at < rows.size(); at++) {
        row(sheet, at + 1, rows.get(at));
      }
    }
  }

  private static List<@Nullable Object> stage(Stage stage) {
    var limits = stage.limits();
    return Arrays.<@Nullable Object>asList(
        SpreadsheetText.neutral(stage.name()),
        stage.from().equals(Stage.BEGINNING) ? null : stage.from(),
        limits == null ? null : limits.method().wireName(),
        limits == null ? null : limits.lines(1).center(),
        limits == null ? null : limits.sigma(),
        limits == null ? null : limits.sampleCount());
  }

  private static void header(Worksheet sheet, List<String> names) {
    for (var column = 0; column < names.size(); column++) {
      sheet.value(0, column, names.get(column));
    }
    sheet.range(0, 0, 0, names.size() - 1).style().bold().set();
    sheet.freezePane(0, 1);
  }

  private static void row(Worksheet sheet, int row, List<@Nullable Object> cells) {
    for (var column = 0; column < cells.size(); column++) {
      switch (cells.get(column)) {
        case null -> {}
        case Instant time -> {
          sheet.value(row, column, LocalDateTime.ofInstant(time, ZoneOffset.UTC));
          sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
        }
        case Number number -> sheet.value(row, column, number);
        case Boolean truth -> sheet.value(row, column, truth);
        case Object other -> sheet.value(row, column, other.toString());
      }
    }
  }
}
