package dev.headway.spc.input;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.IOException;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The records of a file that have text in a field; spreadsheets write rows of separators alone. A
 * record that cannot be read is the last: asking for it fails again and again. Not thread-safe.
 */
final class FilledRecords implements CloseableIterator<CsvRecord> {
  private final CloseableIterator<CsvRecord> records;
  private @Nullable CsvRecord ahead;
  private @Nullable CsvParseException unreadable;

  FilledRecords(CloseableIterator<CsvRecord> records) {
    this.records = records;
  }

  /** The next record without going on to it; null at the end. */
  @Nullable CsvRecord peek() {
    if (unreadable != null) {
      throw unreadable;
    }
    try {
      while (ahead == null && records.hasNext()) {
        var record = records.next();
        ahead = isFilled(record) ? record : null;
      }
    } catch (CsvParseException failed) {
      unreadable = failed;
      throw failed;
    }
    return ahead;
  }

  private static boolean isFilled(CsvRecord record) {
    for (var at = 0; at < record.getFieldCount(); at++) {
      if (!record.getField(at).isBlank()) {
        return true;
      }
    }
    return false;
  }

  @Override
  public boolean hasNext() {
    return peek() != null;
  }

  @Override
  public CsvRecord next() {
    var record = peek();
    if (record == null) {
      throw new NoSuchElementException("The file has no further record");
    }
    ahead = null;
    return record;
  }

  @Override
  public void close() throws IOException {
    records.close();
  }
}
