package dev.headway.spc.input;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.headway.core.error.HeadwayException;
import dev.headway.spc.model.Definition;
import java.io.BufferedReader;
import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads samples from a CSV file (RFC 4180) one line at a time, so that a file of any length takes
 * constant memory. Lines that are no sample come out with every reason, and reading goes on.
 *
 * <p>The header names the columns, in any order: {@code characteristic_id}, {@code timestamp} (ISO
 * 8601 with offset), {@code batch_number}, {@code operator_id}, and the measurements as {@code
 * value} or {@code m1} to {@code m25} (also {@code x1}, {@code measurement_1}), for attributes
 * {@code count} and {@code size}. Commas, semicolons or tabs separate; the header tells which.
 * Numbers have a decimal point. Not thread-safe.
 */
public final class SampleCsv implements Iterator<SampleRow>, Closeable {
  private static final int LONGEST_FIELD = 1 << 16;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final CloseableIterator<CsvRecord> records;
  private final CsvRowReader rows;
  private long line = 1;
  private boolean broken;

  private SampleCsv(CloseableIterator<CsvRecord> records, CsvRowReader rows) {
    this.records = records;
    this.rows = rows;
  }

  /**
   * Reads the header.
   *
   * @param text the file, closed with the result; closed at once when the header is unusable
   * @param definitions what is known of a characteristic by its id, null if there is none
   * @param characteristicId the characteristic of lines that name none, or null if all must
   * @return the reader, standing before the first sample
   * @throws IOException if the file cannot be read
   * @throws HeadwayException INVALID_INPUT with everything that is wrong with the header
   */
  public static SampleCsv open(
      Reader text, LongFunction<@Nullable Definition> definitions, @Nullable Long characteristicId)
      throws IOException {
    var buffered = new BufferedReader(text, LONGEST_FIELD);
    var separator = separator(buffered);
    var records =
        CsvReader.builder()
            .fieldSeparator(separator)
            .maxBufferSize(LONGEST_FIELD)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(buffered)
            .iterator();
    try {
      var columns = SampleColumns.of(header(records), characteristicId != null);
      return new SampleCsv(records, new CsvRowReader(columns, definitions, characteristicId));
    } catch (HeadwayException unusable) {
      records.close();
      throw unusable;
    }
  }

  private static List<String> header(CloseableIterator<CsvRecord> records) {
    try {
      return records.hasNext() ? records.next().getFields() : List.of();
    } catch (CsvParseException unreadable) {
      return List.of();
    }
  }

  /** Looks ahead at the first line and skips a byte order mark. */
  private static char separator(BufferedReader text) throws IOException {
    text.mark(LONGEST_FIELD);
    if (text.read() != BYTE_ORDER_MARK) {
      text.reset();
    }
    text.mark(LONGEST_FIELD);
    var semicolons = 0;
    var commas = 0;
    var tabs = 0;
    for (var read = 1; read < LONGEST_FIELD; read++) {
      var character = text.read();
      if (character < 0 || character == '\n' || character == '\r') {
        break;
      }
      commas += character == ',' ? 1 : 0;
      semicolons += character == ';' ? 1 : 0;
      tabs += character == '\t' ? 1 : 0;
    }
    text.reset();
    return commas >= Math.max(semicolons, tabs) ? ',' : semicolons >= tabs ? ';' : '\t';
  }

  /** Whether there is another line. */
  @Override
  public boolean hasNext() {
    try {
      return !broken && records.hasNext();
    } catch (CsvParseException unreadable) {
      // The next line is the news that the file cannot be read on.
      return true;
    }
  }

  /** The next line that is not blank. */
  @Override
  public SampleRow next() {
    if (broken) {
      throw new NoSuchElementException("The file ended at line " + line);
    }
    try {
      var next = records.next();
      line = next.getStartingLineNumber();
      return rows.read(line, next.getFields());
    } catch (CsvParseException unreadable) {
      broken = true;
      return CsvRowReader.unreadable(
          line + 1, "a quote is left open, or a field is longer than %d".formatted(LONGEST_FIELD));
    }
  }

  /** Closes the file. */
  @Override
  public void close() throws IOException {
    records.close();
  }
}
