package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.commons.compress.archivers.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ExcelReaderException;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.jspecify.annotations.Nullable;

/** Reads the first sheet of an Excel workbook (XLSX) as CSV: numbers plainly, texts in quotes. */
final class Workbook {
  /** A workbook is a ZIP archive; what it unpacks to is bounded, as any file's size is. */
  private static final long MAX_UNPACKED = 200L * 1024 * 1024;

  /** More rows than lots are allowed show that there are too many. */
  private static final int MAX_ROWS = LotsReader.MAX_LOTS + 100;

  private static final int MAX_COLUMNS = 200;

  private Workbook() {}

  /** Whether a file is an archive or a workbook of before 2007, and so no text. */
  static boolean is(byte[] file) {
    return startsWith(file, 'P', 'K', 3, 4) || old(file);
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
   * The first sheet, a line a row, in the sheet's own numbering.
   *
   * @throws HeadwayException INVALID_INPUT when it is no workbook that can be read
   */
  static String csv(byte[] file) {
    if (old(file)) {
      throw refused("This is an Excel workbook of before 2007; save it as .xlsx or as CSV.");
    }
    requireBounded(file);
    var options = new ReadingOptions(false, true);
    try (var book = new ReadableWorkbook(new ByteArrayInputStream(file), options);
        var rows = book.getFirstSheet().openStream()) {
      var csv = new StringBuilder();
      var next = 1;
      for (var row : (Iterable<Row>) rows.limit(MAX_ROWS)::iterator) {
        csv.append("\n".repeat(Math.clamp(row.getRowNum() - next, 0, MAX_ROWS))); // blank rows
        csv.append(line(row)).append('\n');
        next = row.getRowNum() + 1;
      }
      return csv.toString();
    } catch (IOException | ExcelReaderException | IllegalStateException unreadable) {
      throw refused("This is no Excel workbook that can be read; save the lots as .xlsx or CSV.");
    }
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
        throw refused("The workbook is too large; save the lots alone, as .xlsx or CSV.");
      }
    }
    return rest;
  }

  private static String line(Row row) {
    var cells = new ArrayList<String>();
    for (var at = 0; at < Math.min(row.getCellCount(), MAX_COLUMNS); at++) {
      cells.add(row.getOptionalCell(at).map(Workbook::text).orElse(""));
    }
    return String.join(",", cells);
  }

  private static String text(Cell cell) {
    var raw = cell.getRawValue();
    if (cell.getType() == CellType.NUMBER || cell.getType() == CellType.FORMULA) {
      var number = Numbers.parse(raw);
      return number == null ? quoted(raw) : number.stripTrailingZeros().toPlainString();
    }
    return quoted(cell.getText());
  }

  private static String quoted(@Nullable String text) {
    return text == null || text.isEmpty()
        ? ""
        : '"' + text.replaceAll("\\R", " ").replace("\"", "\"\"") + '"';
  }
}
