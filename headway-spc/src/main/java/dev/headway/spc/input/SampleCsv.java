package dev.headway.spc.input;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.file.CsvSeparator;
import dev.headway.spc.input.CsvRowReader.Cells;
import dev.headway.spc.model.Definition;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads samples from a CSV file (RFC 4180) one line at a time, so that a file of any length takes
 * constant memory. Lines that are no sample come out with every reason, and reading goes on.
 *
 * <p>The header names the columns, in any order: {@code characteristic_id}, {@code timestamp},
 * {@code batch_number}, {@code operator_id}, and the measurements as {@code value} or {@code m1} to
 * {@code m25} (also {@code x1}, {@code measurement_1}), for attributes {@code count} and {@code
 * size}; {@code date} and {@code time} together are a timestamp. Where there is a column {@code
 * subgroup}, successive lines with the same text in it, or none after one, are one sample. A
 * mapping gives other columns these names. Commas, semicolons, tabs or bars separate; the header
 * tells which, or a line {@code sep=} before it. Rows without text are passed over. Not
 * thread-safe.
 */
public final class SampleCsv implements Iterator<SampleRow>, Closeable {
  private static final int LONGEST_FIELD = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final FilledRecords records;
  private final CsvRowReader rows;
  private final long before;
  private @Nullable Cells ahead;
  private long line = 1;
  private boolean broken;

  private SampleCsv(FilledRecords records, CsvRowReader rows, long before) {
    this.records = records;
    this.rows = rows;
    this.before = before;
  }

  /**
   * The context on which a file is read.
   *
   * @param definitions what is known of a characteristic by its id, null if there is none
   * @param characteristicId the characteristic of lines that name none, or null if all must
   * @param mapping how the file is written
   */
  public record FileContext(
      LongFunction<@Nullable Definition> definitions,
      @Nullable Long characteristicId,
      FileMapping mapping) {}

  /**
   * Reads the header.
   *
   * @param text the file, closed with the result; closed at once when the header is unusable
   * @return the reader, standing before the first sample
   * @throws IOException if the file cannot be read
   * @throws HeadwayException INVALID_INPUT with everything that is wrong with the header
   */
  public static SampleCsv open(Reader text, FileContext context) throws IOException {
    var buffered = new BufferedReader(text, LONGEST_FIELD);
    var mapping = context.mapping();
    var head = Head.of(buffered, mapping);
    var records = records(buffered, head);
    try {
      var given = context.characteristicId();
      var columns = SampleColumns.of(header(records, mapping), mapping, given != null);
      var rows =
          new CsvRowReader(
              columns,
              mapping.numbers(head.separator()),
              mapping.times(),
              context.definitions(),
              given,
              mapping);
      return new SampleCsv(records, rows, head.lines());
    } catch (HeadwayException unusable) {
      records.close();
      throw unusable;
    }
  }

  private static FilledRecords records(BufferedReader text, Head head) {
    return new FilledRecords(
        CsvReader.builder()
            .fieldSeparator(head.separator())
            .maxBufferSize(LONGEST_FIELD)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(text)
            .iterator());
  }

  /**
   * The names of the columns of a file, and then the cells of its first lines, as they are.
   *
   * @param text the file, closed afterwards
   * @throws IOException if the file cannot be read
   */
  public static List<List<String>> cells(Reader text, FileMapping mapping, int lines)
      throws IOException {
    var buffered = new BufferedReader(text, LONGEST_FIELD);
    var cells = new ArrayList<List<String>>();
    try (var records = records(buffered, Head.of(buffered, mapping))) {
      cells.add(header(records, mapping));
      while (cells.size() <= lines && records.hasNext()) {
        cells.add(records.next().getFields());
      }
    } catch (CsvParseException unreadable) {
      // What could be read is shown; reading the samples says what is wrong.
      return cells;
    }
    return cells;
  }

  private static List<String> header(FilledRecords records, FileMapping mapping) {
    try {
      if (mapping.header() > 0) {
        return records.hasNext() ? records.next().getFields() : List.of();
      }
      var first = records.peek();
      return IntStream.rangeClosed(1, first == null ? 0 : first.getFieldCount())
          .mapToObj(place -> "#" + place)
          .toList();
    } catch (CsvParseException unreadable) {
      return List.of();
    }
  }

  /**
   * The beginning of a file.
   *
   * @param separator what separates its fields
   * @param lines the lines before its header
   */
  private record Head(char separator, int lines) {
    /** Passes over a byte order mark, a directive and what is before the header; looks ahead. */
    static Head of(BufferedReader text, FileMapping mapping) throws IOException {
      text.mark(LONGEST_FIELD);
      if (text.read() != BYTE_ORDER_MARK) {
        text.reset();
      }
      Character said = null;
      var passed = 0;
      while (true) {
        text.mark(LONGEST_FIELD);
        var line = firstLine(text);
        var stated = passed == 0 ? CsvSeparator.stated(line) : null;
        if (stated != null) {
          said = stated;
        } else if (passed >= mapping.header() - 1) {
          text.reset();
          return new Head(said == null ? CsvSeparator.of(line) : said, passed);
        }
        passed++;
      }
    }

    private static String firstLine(BufferedReader text) throws IOException {
      var line = new StringBuilder();
      for (var read = 1; read < LONGEST_FIELD; read++) {
        var character = text.read();
        if (character < 0 || character == '\n') {
          break;
        }
        if (character != '\r') {
          line.append((char) character);
        }
      }
      return line.toString();
    }
  }

  /** The names of the columns that are left out. */
  public List<String> ignoredColumns() {
    return rows.columns().ignored();
  }

  /** Whether there is another sample, or a line that is none. */
  @Override
  public boolean hasNext() {
    try {
      return ahead != null || (!broken && records.hasNext());
    } catch (CsvParseException unreadable) {
      // The next line is the news that the file cannot be read on.
      return true;
    }
  }

  /** The next sample, or the next line that is none. */
  @Override
  public SampleRow next() {
    var cells = ahead;
    ahead = null;
    try {
      if (cells == null) {
        cells = read();
      }
      while (rows.subgroupsInRows() && records.hasNext()) {
        var next = read();
        if (!rows.sameSubgroup(cells, next)) {
          ahead = next;
          break;
        }
        cells = cells.and(next);
      }
      return rows.sample(cells);
    } catch (CsvParseException unreadable) {
      broken = true;
      return CsvRowReader.unreadable(
          line + 1, "a quote is left open, or a field is longer than %d".formatted(LONGEST_FIELD));
    }
  }

  private Cells read() {
    if (broken) {
      throw new NoSuchElementException("The file ended at line " + line);
    }
    var next = records.next();
    line = before + next.getStartingLineNumber();
    return rows.cells(line, next.getFields());
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    records.close();
  }
}
