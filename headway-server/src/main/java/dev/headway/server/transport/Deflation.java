package dev.headway.server.transport;

import dev.headway.core.topic.Frame;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses messages, each by itself, as clients read them that speak {@code permessage-deflate}
 * without context takeover (RFC 7692, section 7.2). Such bytes are the same for all of them. Used
 * on one event loop.
 */
final class Deflation {
  private static final int LEVEL = Deflater.DEFAULT_COMPRESSION;

  /** What every flushed block ends with, and the wire leaves out. */
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private static final int PART = 4_096;

  private final int least;
  private @Nullable Deflater deflater;

  /**
   * @param least smaller frames stay as they are: compressing them costs more than it saves
   */
  Deflation(int least) {
    this.least = least;
  }

  /** The frame compressed; itself when it is small or would not become smaller. */
  Frame deflate(Frame frame) {
    var bytes = frame.bytes();
    if (bytes.length < least) {
      return frame;
    }
    var out = new byte[bytes.length];
    var stream = stream();
    stream.reset();
    stream.setInput(bytes);
    var length = stream.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    return length == out.length
        ? frame
        : frame.compressed(Arrays.copyOf(out, length - TAIL.length));
  }

  private Deflater stream() {
    if (deflater == null) {
      deflater = new Deflater(LEVEL, true);
    }
    return deflater;
  }

  /**
   * What a client's compressed message says.
   *
   * @param most how many bytes that may be
   * @return null when it would be more
   * @throws DataFormatException when the bytes are not what the RFC says
   */
  static byte @Nullable [] inflate(byte[] compressed, int most) throws DataFormatException {
    try (var inflater = new Inflater(true)) {
      inflater.setInput(withTail(compressed));
      var out = new ByteArrayOutputStream();
      var part = new byte[PART];
      for (var length = inflater.inflate(part); length > 0; length = inflater.inflate(part)) {
        out.write(part, 0, length);
        if (out.size() > most) {
          return null;
        }
      }
      if (inflater.finished() && inflater.getRemaining() > TAIL.length + 1) {
        throw new DataFormatException("more after the last block");
      }
      return out.toByteArray();
    }
  }

  private static byte[] withTail(byte[] compressed) {
    var whole = Arrays.copyOf(compressed, compressed.length + TAIL.length);
    System.arraycopy(TAIL, 0, whole, compressed.length, TAIL.length);
    return whole;
  }
}
