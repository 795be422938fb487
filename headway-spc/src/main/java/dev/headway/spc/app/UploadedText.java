package dev.headway.spc.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.file.WorkbookText;
import dev.headway.server.http.Request;
import java.io.ByteArrayInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Text that was uploaded, read in constant memory. Reading bytes that are no text of the charset
 * fails with INVALID_INPUT. Used by one thread.
 */
final class UploadedText extends FilterReader {
  /** A workbook is read from memory, so it may not be as large as a text. */
  private static final int LARGEST_WORKBOOK = 32 << 20;

  /** The bytes that are looked at to tell the charset. */
  private static final int BEGINNING = 1 << 16;

  /** A sheet has no more rows. */
  private static final int MOST_ROWS = 1 << 20;

  private final Charset charset;

  private UploadedText(Reader text, Charset charset) {
    super(text);
    this.charset = charset;
  }

  /** Whether a body, or the part {@code file} of a form, is an Excel workbook. */
  static boolean isWorkbook(Request request) {
    try (var bytes = bytes(request)) {
      return WorkbookText.is(bytes.readNBytes(4));
    } catch (IOException failed) {
      throw new UncheckedIOException("A file that was sent could not be read", failed);
    }
  }

  /**
   * The text of a body, or of the part {@code file} of a form; of a workbook its first sheet.
   *
   * @param charset of files without a byte order mark
   */
  static UploadedText of(Request request, Charset charset) {
    try {
      if (isWorkbook(request)) {
        return new UploadedText(workbook(request), StandardCharsets.UTF_8);
      }
      var bytes = new PushbackInputStream(bytes(request), BEGINNING);
      var marked = marked(bytes, charset);
      return new UploadedText(new InputStreamReader(bytes, marked.newDecoder()), marked);
    } catch (IOException failed) {
      throw new UncheckedIOException("A file that was sent could not be read", failed);
    }
  }

  private static Reader workbook(Request request) throws IOException {
    try (var bytes = bytes(request)) {
      var file = bytes.readNBytes(LARGEST_WORKBOOK + 1);
      if (file.length > LARGEST_WORKBOOK) {
        throw new HeadwayException(
            ErrorCode.INVALID_INPUT,
            "The workbook is larger than %d MiB; save it as CSV".formatted(LARGEST_WORKBOOK >> 20));
      }
      return WorkbookText.open(file, MOST_ROWS);
    }
  }

  private static InputStream bytes(Request request) {
    return request.body() instanceof Request.Body.Form
        ? new ByteArrayInputStream(
            request
                .part("file")
                .orElseThrow(() -> HeadwayException.invalid("file", "the part is missing"))
                .bytes())
        : request.bytes();
  }

  /** The charset that the beginning tells, and otherwise the one that is said. */
  private static Charset marked(PushbackInputStream bytes, Charset said) throws IOException {
    var first = bytes.readNBytes(BEGINNING);
    bytes.unread(first);
    if (first.length < 2) {
      return said;
    }
    var mark = ((first[0] & 0xff) << 8) | (first[1] & 0xff);
    return switch (mark) {
      case 0xfeff, 0xfffe -> StandardCharsets.UTF_16;
      case 0xefbb -> StandardCharsets.UTF_8;
      default -> unmarked(first, said);
    };
  }

  /** A text in UTF-16 begins with a letter, of which one byte is 0. */
  private static Charset unmarked(byte[] first, Charset said) {
    if (first[0] == 0 ^ first[1] == 0) {
      return first[1] == 0 ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
    }
    if (said.newEncoder().maxBytesPerChar() == 1 && isUtf8(first)) {
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT,
          "The file is UTF-8, not %s; say charset=UTF-8".formatted(said.name()));
    }
    return said;
  }

  /** Whether bytes are UTF-8 with other letters than ASCII has; texts of one byte are not. */
  private static boolean isUtf8(byte[] bytes) {
    var decoder = StandardCharsets.UTF_8.newDecoder();
    var text = CharBuffer.allocate(bytes.length);
    var cut = bytes.length == BEGINNING;
    return !decoder.decode(ByteBuffer.wrap(bytes), text, !cut).isError()
        && text.flip().chars().anyMatch(letter -> letter > 127);
  }

  @Override
  public int read() throws IOException {
    var one = new char[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(char[] target, int offset, int length) throws IOException {
    try {
      var count = super.read(target, offset, length);
      for (var at = offset; at < offset + count; at++) {
        if (target[at] == 0) {
          throw new HeadwayException(
              ErrorCode.INVALID_INPUT,
              "The file is no text: it has a NUL character; save it as CSV in UTF-8");
        }
      }
      return count;
    } catch (CharacterCodingException unreadable) {
      var remedy =
          charset.equals(StandardCharsets.UTF_8)
              ? "save it as UTF-8, or say its charset, such as charset=windows-1252"
              : "say another charset";
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT,
          "The file is not %s; %s".formatted(charset.name(), remedy),
          unreadable);
    }
  }
}
