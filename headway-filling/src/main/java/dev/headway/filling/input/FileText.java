package dev.headway.filling.input;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.file.WorkbookText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The text of an uploaded file.
 *
 * <p>A workbook (XLSX) becomes the CSV text of its first sheet. In a text file a byte order mark
 * decides (UTF-8, UTF-16, UTF-32); without one, a zero byte among its first two says UTF-16. All
 * others are UTF-8; if a file is not, it is read as Windows-1252, the superset of Latin-1 that
 * spreadsheets write, which every byte has a meaning in, and a warning names the first row that
 * told.
 *
 * @param content without the byte order mark
 */
public record FileText(String content, List<Defect> warnings) {
  /** More rows than lots are allowed show that there are too many. */
  private static final int MAX_ROWS = LotsReader.MAX_LOTS + 100;

  private static final int LONGEST_BEGINNING = 40;

  /** How files begin that are no tables, by what they are. */
  private static final Map<String, Pattern> OTHERS =
      Map.of(
          "a PDF", Pattern.compile("%PDF-"),
          "a text document (RTF)", Pattern.compile("\\{\\\\rtf"),
          "a compressed archive", Pattern.compile("\u001F"),
          "JSON", Pattern.compile("\uFEFF?\\s*(\\[\\s*\\{|\\{\\s*\")"),
          "a web page or XML", Pattern.compile("\uFEFF?\\s*<(\\?xml|!|html|head|table)"));

  private static final Charset UTF_32 = Charset.forName("UTF-32");
  private static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  /**
   * Decodes a file.
   *
   * @throws HeadwayException INVALID_INPUT for a workbook that cannot be read, and for a file of
   *     another kind
   */
  public static FileText decode(byte[] file) {
    if (WorkbookText.is(file)) {
      return new FileText(workbook(file), List.of());
    }
    if (startsWith(file, 0xFF, 0xFE, 0, 0) || startsWith(file, 0, 0, 0xFE, 0xFF)) {
      return new FileText(new String(file, UTF_32), List.of());
    }
    requireText(file);
    if (startsWith(file, 0xEF, 0xBB, 0xBF)) {
      return decodeUtf8(Arrays.copyOfRange(file, 3, file.length));
    }
    if (startsWith(file, 0xFF, 0xFE) || startsWith(file, 0xFE, 0xFF)) {
      return new FileText(new String(file, StandardCharsets.UTF_16), List.of());
    }
    if (file.length > 1 && (file[0] == 0) != (file[1] == 0)) {
      var charset = file[0] == 0 ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_16LE;
      return new FileText(new String(file, charset), List.of());
    }
    return decodeUtf8(file);
  }

  private static void requireText(byte[] file) {
    var first =
        new String(file, 0, Math.min(file.length, LONGEST_BEGINNING), StandardCharsets.UTF_8);
    for (var other : OTHERS.entrySet()) {
      if (other.getValue().matcher(first).lookingAt()) {
        throw HeadwayException.badInput(
            List.of(
                Defect.of(
                    "This file is %s; save the table as CSV or .xlsx.".formatted(other.getKey()))));
      }
    }
  }

  private static String workbook(byte[] file) {
    var text = new StringWriter();
    try (var rows = WorkbookText.open(file, MAX_ROWS)) {
      rows.transferTo(text);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return text.toString();
  }

  private static boolean startsWith(byte[] file, int... mark) {
    for (var i = 0; i < mark.length; i++) {
      if (file.length <= i || Byte.toUnsignedInt(file[i]) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  private static FileText decodeUtf8(byte[] file) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var bytes = ByteBuffer.wrap(file);
    try {
      return new FileText(decoder.decode(bytes).toString(), List.of());
    } catch (CharacterCodingException notUtf8) {
      var row = 1;
      for (var i = 0; i < bytes.position(); i++) {
        row += file[i] == '\n' ? 1 : 0;
      }
      var warning =
          new Defect(
              null,
              row,
              null,
              "The file is not UTF-8 from this row on and was read as Windows-1252 (Latin-1);"
                  + " check names with accents, or save it as UTF-8.");
      return new FileText(new String(file, WINDOWS_1252), List.of(warning));
    }
  }
}
