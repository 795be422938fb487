package dev.headway.filling.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.headway.core.error.Defect;
import dev.headway.filling.input.NumberReading.DecimalMark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Reads the rows of a lots file (RFC 4180): {@code Lot ID,Type,Vials} and, if wanted, the other
 * {@link LotColumn}s, in any order and case. Other columns are left out and named in a warning;
 * cells are stripped, blank rows skipped. Rows are counted as a spreadsheet does, whatever their
 * cells hold.
 *
 * <p>The encoding is found as {@link FileText} says, the separator as {@link CsvShape} does.
 */
final class LotsCsv {
  private static final int SHOWN_COLUMNS = 20;

  /** Titles, dates and blank rows stand above the header of a report. */
  private static final int MOST_TITLES = 20;

  private static final List<LotColumn> NEEDED =
      List.of(LotColumn.ID, LotColumn.TYPE, LotColumn.VIALS);
  private static final Pattern BEGINNING = Pattern.compile("[\\p{Nd}&&[^0]]\\p{Nd}{0,2}");
  private static final Pattern THOUSANDS = Pattern.compile("\\p{Nd}{3}");

  private final List<LotRow> rows = new ArrayList<>();
  private final List<FilePreview.SheetRow> sheet = new ArrayList<>();
  private final List<Defect> errors = new ArrayList<>();
  private final List<Defect> warnings = new ArrayList<>();
  private final Map<LotColumn, Integer> columns = new EnumMap<>(LotColumn.class);
  private List<String> header = List.of();
  private char separator;
  private int width;
  private int row;

  private LotsCsv() {}

  /**
   * The rows of a file.
   *
   * @param sheet all rows that are not blank, with the header, as they stand
   * @param mark the decimal mark that goes with the separator
   * @param errors why there are no rows, or what is wrong with some
   */
  record Rows(
      List<LotRow> rows,
      List<FilePreview.SheetRow> sheet,
      DecimalMark mark,
      List<Defect> errors,
      List<Defect> warnings) {}

  static Rows parse(byte[] file) {
    var text = FileText.decode(file);
    var csv = parse(text.content());
    csv.warnings().addAll(0, text.warnings());
    return csv;
  }

  static Rows parse(String content) {
    var shape = CsvShape.of(content);
    var csv = new LotsCsv();
    if (shape.openQuote() == null) {
      csv.read(shape);
    } else {
      csv.errors.add(
          new Defect(
              null,
              shape.openQuote(),
              null,
              "A quoted cell begins in row %d and does not end; close or remove the quote."
                  .formatted(shape.openQuote())));
    }
    return new Rows(csv.rows, csv.sheet, shape.decimalMark(), csv.errors, csv.warnings);
  }

  private void read(CsvShape shape) {
    var builder =
        CsvReader.builder()
            .fieldSeparator(shape.separator())
            .skipEmptyLines(false)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .trimWhitespacesAroundQuotes(true);
    separator = shape.separator();
    try (var reader = builder.ofCsvRecord(shape.rows())) {
      var titles = titles(builder, shape.rows());
      for (var cells : reader) {
        row++;
        if (row > titles && !blank(cells)) {
          sheet.add(new FilePreview.SheetRow(row, cells.getFields()));
          read(cells);
        }
        if (rows.isEmpty() && !errors.isEmpty()) {
          return; // without a sound header, rows say nothing
        }
      }
      if (columns.isEmpty()) {
        errors.add(Defect.of("The file is empty; send Lot ID,Type,Vials and a row a lot."));
      }
    } catch (CsvParseException malformed) {
      errors.add(Defect.of("The file is not CSV: " + cause(malformed)));
    } catch (IOException impossible) {
      throw new UncheckedIOException("Reading from memory failed.", impossible);
    }
  }

  /** The number of rows above the first one that names all needed columns; 0 without such a row. */
  private int titles(CsvReader.CsvReaderBuilder builder, String content) throws IOException {
    try (var reader = builder.ofCsvRecord(content)) {
      var above = 0;
      var titled = false;
      for (var cells : reader) {
        if (NEEDED.stream().allMatch(column -> names(column, cells.getFields()))) {
          if (titled) {
            warnings.add(new Defect(null, above, null, "The rows above the header are left out."));
          }
          return above;
        }
        titled |= !blank(cells);
        if (++above == MOST_TITLES) {
          break;
        }
      }
      return 0;
    }
  }

  private static boolean names(LotColumn column, List<String> cells) {
    return cells.stream().anyMatch(cell -> column.named(cell) || column.alias(cell));
  }

  private static String cause(CsvParseException malformed) {
    var message = Optional.ofNullable(malformed.getCause()).orElse(malformed).getMessage();
    return message == null ? "a quoted cell does not end." : message;
  }

  private static boolean blank(CsvRecord cells) {
    return cells.getFields().stream().allMatch(cell -> Invisible.removed(cell).isEmpty());
  }

  private void read(CsvRecord cells) {
    if (columns.isEmpty()) {
      readHeader(cells.getFields());
    } else {
      readRow(cells);
    }
  }

  private void readHeader(List<String> header) {
    width = header.size();
    for (var column : LotColumn.values()) {
      var own = positions(header, column::named);
      var found = own.isEmpty() ? positions(header, column::alias) : own;
      if (!found.isEmpty()) {
        columns.put(column, found.getFirst());
      }
      if (found.size() > 1) {
        errors.add(
            Defect.ofCell(
                row, column.header(), "The column %s is there twice.".formatted(column.header())));
      }
    }
    this.header = header;
    for (var column : NEEDED) {
      if (!columns.containsKey(column)) {
        errors.add(Defect.ofCell(row, column.header(), missing(column, header)));
      }
    }
    warnOfOthers(header);
  }

  private static List<Integer> positions(List<String> header, Predicate<String> named) {
    return IntStream.range(0, header.size())
        .filter(at -> named.test(header.get(at)))
        .boxed()
        .toList();
  }

  private void warnOfOthers(List<String> header) {
    var others =
        IntStream.range(0, header.size())
            .filter(at -> !columns.containsValue(at))
            .mapToObj(header::get)
            .filter(name -> !Invisible.removed(name).isEmpty())
            .toList();
    if (!others.isEmpty() && errors.isEmpty()) {
      warnings.add(
          new Defect(null, row, null, "These columns are left out: %s.".formatted(names(others))));
    }
  }

  private static String missing(LotColumn column, List<String> header) {
    return "The column %s is missing; the header has: %s".formatted(column.header(), names(header));
  }

  private static String names(List<String> cells) {
    return cells.stream()
        .limit(SHOWN_COLUMNS)
        .map(LotsCsv::shown)
        .collect(Collectors.joining(", "));
  }

  private static String shown(String name) {
    return Numbers.shorten(Invisible.removed(name).replaceAll("\\p{Cntrl}", " "));
  }

  private void readRow(CsvRecord cells) {
    var fields = cells.getFields();
    var surplus = fields.subList(Math.min(width, fields.size()), fields.size());
    if (surplus.stream().anyMatch(cell -> !cell.isBlank())) {
      errors.add(
          new Defect(
              null,
              row,
              null,
              "Row %d has %d cells, the header %d; put a cell that has the separator in it in quotes."
                  .formatted(row, fields.size(), width)));
    }
    requireWhole(fields);
    var found = new EnumMap<LotColumn, Object>(LotColumn.class);
    columns.forEach((column, position) -> {
      if (position < fields.size()) {
        found.put(column, fields.get(position));
      }
    });
    rows.add(new LotRow(row, found));
  }

  /**
   * Refuses vials whose thousands may stand in the next cell, {@code 150,000} in a file that is
   * separated by commas: that cell is of a column that is left out, or begins with a zero.
   */
  private void requireWhole(List<String> fields) {
    var at = Objects.requireNonNull(columns.get(LotColumn.VIALS));
    if (separator != ',' || at + 1 >= Math.min(width, fields.size())) {
      return;
    }
    var vials = fields.get(at).strip();
    var next = fields.get(at + 1).strip();
    if (BEGINNING.matcher(vials).matches()
        && THOUSANDS.matcher(next).matches()
        && (Character.digit(next.codePointAt(0), 10) == 0 || !columns.containsValue(at + 1))) {
      errors.add(
          Defect.ofCell(
              row,
              LotColumn.VIALS.header(),
              "Vials '%s' and '%s' in the next cell may be one number, %s,%s; write it without"
                      .formatted(vials, next, vials, next)
                  + " separators, or leave out the column '%s'."
                      .formatted(shown(header.get(at + 1)))));
    }
  }
}
