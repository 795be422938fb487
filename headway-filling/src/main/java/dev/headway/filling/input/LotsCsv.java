package dev.headway.filling.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.headway.core.error.Defect;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a lots file (RFC 4180): {@code Lot ID,Type,Vials} and, if wanted, {@code Fill
 * Hours}, in any order and case; other columns are ignored, cells are stripped, blank rows skipped.
 *
 * <p>The encoding is found as {@link FileText} says. Fields are separated by commas or, when the
 * header has none, by semicolons or tabs, as spreadsheets of some countries write them.
 */
final class LotsCsv {
  private static final int SHOWN_COLUMNS = 20;

  private final List<LotRow> rows = new ArrayList<>();
  private final List<Defect> errors = new ArrayList<>();
  private final Map<LotColumn, Integer> columns = new EnumMap<>(LotColumn.class);

  private LotsCsv() {}

  /** The rows, or why there are none. */
  record Rows(List<LotRow> rows, List<Defect> errors, List<Defect> warnings) {}

  static Rows parse(byte[] file) {
    var text = FileText.decode(file);
    var csv = new LotsCsv();
    csv.read(text.content());
    return new Rows(csv.rows, csv.errors, text.warnings());
  }

  private void read(String content) {
    var builder =
        CsvReader.builder()
            .fieldSeparator(separator(content))
            .skipEmptyLines(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .trimWhitespacesAroundQuotes(true);
    try (var reader = builder.ofCsvRecord(content)) {
      var records = reader.iterator();
      if (!records.hasNext()) {
        errors.add(Defect.of("The file is empty; send Lot ID,Type,Vials and a row a lot."));
        return;
      }
      readHeader(records.next());
      while (errors.isEmpty() && records.hasNext()) {
        readRow(records.next());
      }
    } catch (CsvParseException malformed) {
      errors.add(Defect.of("The file is not CSV: " + cause(malformed)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("Reading from memory failed.", impossible);
    }
  }

  private static String cause(CsvParseException malformed) {
    var message = Optional.ofNullable(malformed.getCause()).orElse(malformed).getMessage();
    return message == null ? "a quoted cell does not end." : message;
  }

  private static char separator(String content) {
    var header = content.lines().filter(line -> !line.isBlank()).findFirst().orElse("");
    if (header.contains(",")) {
      return ',';
    }
    return header.contains(";") ? ';' : header.contains("\t") ? '\t' : ',';
  }

  private void readHeader(CsvRecord header) {
    var row = Math.toIntExact(header.getStartingLineNumber());
    for (var i = 0; i < header.getFieldCount(); i++) {
      for (var column : LotColumn.values()) {
        if (column.named(header.getField(i)) && columns.putIfAbsent(column, i) != null) {
          errors.add(
              Defect.ofCell(
                  row,
                  column.header(),
                  "The column %s is there twice.".formatted(column.header())));
        }
      }
    }
    for (var column : List.of(LotColumn.ID, LotColumn.TYPE, LotColumn.VIALS)) {
      if (!columns.containsKey(column)) {
        errors.add(Defect.ofCell(row, column.header(), missing(column, header)));
      }
    }
  }

  private static String missing(LotColumn column, CsvRecord header) {
    var found =
        header.getFields().stream()
            .limit(SHOWN_COLUMNS)
            .map(name -> Numbers.shorten(name.strip()))
            .collect(Collectors.joining(", "));
    return "The column %s is missing; the header has: %s".formatted(column.header(), found);
  }

  private void readRow(CsvRecord cells) {
    if (cells.getFields().stream().allMatch(String::isBlank)) {
      return;
    }
    rows.add(
        new LotRow(
            Math.toIntExact(cells.getStartingLineNumber()),
            cell(cells, LotColumn.ID),
            cell(cells, LotColumn.TYPE),
            cell(cells, LotColumn.VIALS),
            cell(cells, LotColumn.FILL_HOURS)));
  }

  private @Nullable String cell(CsvRecord cells, LotColumn column) {
    var position = columns.get(column);
    return position == null || position >= cells.getFieldCount() ? null : cells.getField(position);
  }
}
