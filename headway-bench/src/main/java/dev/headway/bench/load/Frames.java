package dev.headway.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.charset.StandardCharsets;

/** WebSocket frames (RFC 6455), as far as a client that only listens needs them. */
final class Frames {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;

  private static final int FINAL = 0x80;
  private static final int MASKED = 0x80;

  private Frames() {}

  /** A reader of frames. */
  interface Reader {
    /** A whole frame, its payload from {@code from} to {@code to}. */
    void frame(int opcode, ByteBuf in, int from, int to);
  }

  /** Passes every whole frame on and leaves the beginning of the next one unread. */
  static void read(ByteBuf in, Reader reader) {
    while (in.readableBytes() >= 2) {
      var at = in.readerIndex();
      var left = in.readableBytes();
      var length = in.getByte(at + 1) & 0x7f;
      var head = length < 126 ? 2 : length == 126 ? 4 : 10;
      if (left < head) {
        return;
      }
      if (head > 2) {
        length = head == 4 ? in.getUnsignedShort(at + 2) : (int) in.getLong(at + 2);
      }
      if (left - head < length) {
        return;
      }
      in.readerIndex(at + head + length);
      reader.frame(in.getByte(at) & 0x0f, in, at + head, at + head + length);
    }
  }

  /** A client's frame; its mask is zero, which leaves the bytes as they are. */
  static ByteBuf masked(int opcode, byte[] payload, ByteBufAllocator memory) {
    var frame = memory.directBuffer(payload.length + 14);
    frame.writeByte(FINAL | opcode);
    if (payload.length < 126) {
      frame.writeByte(MASKED | payload.length);
    } else {
      frame.writeByte(MASKED | 126).writeShort(payload.length);
    }
    return frame.writeInt(0).writeBytes(payload);
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
