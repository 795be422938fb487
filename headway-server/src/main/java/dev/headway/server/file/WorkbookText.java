package dev.headway.server.file;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/**
 * The first sheet of an Excel workbook (XLSX) as CSV text, a line a row in the sheet's own
 * numbering: numbers plainly, with the 15 digits that a spreadsheet shows; dates in ISO 8601; texts
 * in quotes. One row is in memory at a time. Used by one thread.
 */
public final class WorkbookText extends Reader {
  /** A workbook is a ZIP archive; what it unpacks to is bounded, as any file's size is. */
  private static final long MAX_UNPACKED = 200L * 1024 * 1024;

  private static final int MAX_COLUMNS = 200;
  private static final int LONGEST_NUMBER = 40;
  private static final int LARGEST_EXPONENT = 30;
  private static final Pattern NO_DATE = Pattern.compile("\\[[^]]*]|\"[^\"]*\"|\\\\.");
  private static final Pattern TIME = Pattern.compile("[hHsS]");
  private static final Pattern DATE = Pattern.compile("[yYdDhHsS]|[mM]{2,}");

  private final ReadableWorkbook book;
  private final Stream<Row> rows;
  private final Iterator<Row> next;
  private final int mostRows;
  private String line = "";
  private int position;
  private int expected = 1;

  private WorkbookText(ReadableWorkbook book, int mostRows) throws IOException {
    this.book = book;
    this.rows = book.getFirstSheet().openStream();
    this.next = rows.limit(mostRows).iterator();
    this.mostRows = mostRows;
  }

  /** Whether a file, told by its first four bytes, is an archive or a workbook of before 2007. */
  public static boolean is(byte[] beginning) {
    return startsWith(beginning, 'P', 'K', 3, 4) || old(beginning);
  }

  private static boolean old(byte[] file) {
    return startsWith(file, 0xD0, 0xCF, 0x11, 0xE0);
  }

  private static boolean startsWith(byte[] file, int... mark) {
    for (var at = 0; at < mark.length; at++) {
      if (file.length <= at || Byte.toUnsignedInt(file[at]) != mark[at]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Opens a workbook.
   *
   * @param mostRows further rows are not read
   * @throws HeadwayException INVALID_INPUT when it is no workbook that can be read
   */
  public static WorkbookText open(byte[] file, int mostRows) {
    if (old(file)) {
      throw refused("This is an Excel workbook of before 2007; save it as .xlsx or as CSV.");
    }
    requireBounded(file);
    try {
      var options = new ReadingOptions(true, true);
      return new WorkbookText(
          new ReadableWorkbook(new ByteArrayInputStream(file), options), mostRows);
    } catch (IOException | RuntimeException damaged) { // the library throws many kinds
      throw unreadable();
    }
  }

  private static HeadwayException unreadable() {
    return refused("This is no Excel workbook that can be read; save it as .xlsx or CSV.");
  }

  private static HeadwayException refused(String message) {
    return HeadwayException.badInput(List.of(Defect.of(message)));
  }

  private static void requireBounded(byte[] file) {
    var buffer = new byte[64 * 1024];
    var left = MAX_UNPACKED;
    try (var archive = ZipFile.builder().setByteArray(file).get()) {
      for (var entry : Collections.list(archive.getEntries())) {
        left = unpacked(archive.getInputStream(entry), buffer, left);
      }
    } catch (IOException damaged) {
      throw refused("The workbook is damaged; save it again, or as CSV.");
    }
  }

  private static long unpacked(InputStream entry, byte[] buffer, long left) throws IOException {
    var rest = left;
    for (var read = entry.read(buffer); read >= 0; read = entry.read(buffer)) {
      rest -= read;
      if (rest < 0) {
        throw refused("The workbook is too large; save the sheet alone, as .xlsx or CSV.");
      }
    }
    return rest;
  }

  @Override
  public int read(char[] target, int offset, int length) {
    if (position == line.length() && !advance()) {
      return -1;
    }
    var count = Math.min(length, line.length() - position);
    line.getChars(position, position + count, target, offset);
    position += count;
    return count;
  }

  /** Goes on to the next row; false at the end. */
  private boolean advance() {
    try {
      if (!next.hasNext()) {
        return false;
      }
      var row = next.next();
      var blank = Math.clamp(row.getRowNum() - (long) expected, 0, mostRows);
      line = "\n".repeat(blank) + text(row) + "\n";
      position = 0;
      expected = row.getRowNum() + 1;
      return true;
    } catch (RuntimeException damaged) { // the library throws many kinds
      throw unreadable();
    }
  }

  private static String text(Row row) {
    var cells = new ArrayList<String>();
    for (var at = 0; at < Math.min(row.getCellCount(), MAX_COLUMNS); at++) {
      cells.add(row.getOptionalCell(at).map(WorkbookText::text).orElse(""));
    }
    return String.join(",", cells);
  }

  private static String text(Cell cell) {
    var raw = cell.getRawValue();
    if (cell.getType() == CellType.NUMBER || cell.getType() == CellType.FORMULA) {
      var number = number(raw);
      if (number == null) {
        return quoted(raw);
      }
      return isDate(cell.getDataFormatString())
          ? date(cell.asDate(), cell.getDataFormatString())
          : number.stripTrailingZeros().toPlainString();
    }
    return quoted(cell.getText());
  }

  /** A day where the sheet shows no time and there is none. */
  private static String date(LocalDateTime date, String format) {
    var day = date.toLocalTime().equals(LocalTime.MIDNIGHT) && !TIME.matcher(format).find();
    return day ? date.toLocalDate().toString() : date.toString();
  }

  /* A spreadsheet calculates with 53 binary digits and shows 15 decimal ones. */
  private static @Nullable BigDecimal number(@Nullable String raw) {
    if (raw == null || raw.isBlank() || raw.length() > LONGEST_NUMBER) {
      return null;
    }
    try {
      var number = new BigDecimal(raw.strip()).round(new MathContext(15));
      var exponent = Math.abs((long) number.precision() - number.scale());
      return exponent > LARGEST_EXPONENT ? null : number;
    } catch (NumberFormatException notNumeric) {
      return null;
    }
  }

  private static boolean isDate(@Nullable String format) {
    return format != null
        && !format.equalsIgnoreCase("General")
        && DATE.matcher(NO_DATE.matcher(format).replaceAll("")).find();
  }

  private static String quoted(@Nullable String text) {
    return text == null || text.isEmpty()
        ? ""
        : '"' + text.replaceAll("\\R", " ").replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws IOException {
    rows.close();
    book.close();
  }
}
