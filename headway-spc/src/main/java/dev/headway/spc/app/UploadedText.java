package dev.headway.spc.app;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Text that somebody has sent, read in constant memory. Reading what is no UTF-8 text fails with
 * INVALID_INPUT. Used by one thread.
 */
final class UploadedText extends FilterReader {
  UploadedText(InputStream bytes) {
    super(new InputStreamReader(bytes, StandardCharsets.UTF_8.newDecoder()));
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
              "The file is no text: it has a NUL character; save it as UTF-8");
        }
      }
      return count;
    } catch (CharacterCodingException notUtf8) {
      throw new HeadwayException(
          ErrorCode.INVALID_INPUT, "The file is not UTF-8; save it as UTF-8", notUtf8);
    }
  }
}
