package dev.headway.server.transport.socket;

import dev.headway.core.topic.Frame;
import dev.headway.server.transport.fanout.Framing;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/**
 * Compression of messages, each by itself, for {@code permessage-deflate} without context takeover
 * (RFC 7692, section 7.2): the bytes are the same for all clients that have agreed on it. Used on
 * one event loop.
 */
final class Deflation {
  private static final int LEVEL = Deflater.DEFAULT_COMPRESSION;

  /** The end of every flushed block, which the wire leaves out. */
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private static final int PART = 4_096;

  private final int least;
  private @Nullable Deflater deflater;

  /**
   * @param least the smallest payload that is compressed: less costs more than it saves
   */
  Deflation(int least) {
    this.least = least;
  }

  /** Returns a frame as a whole WebSocket message, for {@link Framing#WHOLE_MESSAGE}. */
  Frame message(Frame frame) {
    var deflated = deflate(frame.bytes());
    var payload = deflated == null ? frame.bytes() : deflated;
    var first = frame.isBinary() ? Framing.BINARY : Framing.TEXT;
    var whole = new byte[payload.length + Framing.WEB_SOCKET.overhead(payload.length)];
    var out = Unpooled.wrappedBuffer(whole).clear();
    Framing.writeMessage(deflated == null ? first : first | Framing.COMPRESSED, payload, out);
    return Frame.binary(whole);
  }

  /** Compresses a payload; returns null if it is small or would not shrink. */
  byte @Nullable [] deflate(byte[] bytes) {
    if (bytes.length < least) {
      return null;
    }
    var out = new byte[bytes.length];
    var stream = stream();
    stream.reset();
    stream.setInput(bytes);
    var length = stream.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    return length == out.length ? null : Arrays.copyOf(out, length - TAIL.length);
  }

  private Deflater stream() {
    if (deflater == null) {
      deflater = new Deflater(LEVEL, true);
    }
    return deflater;
  }

  /**
   * Decompresses a client's message.
   *
   * @param most the largest result in bytes
   * @return null if it is larger
   * @throws DataFormatException when the bytes are no compressed message
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
