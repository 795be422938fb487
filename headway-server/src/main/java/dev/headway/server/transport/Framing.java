package dev.headway.server.transport;

import dev.headway.core.topic.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** How a frame's bytes are wrapped on the wire; the same for every client of a kind. */
enum Framing {
  /** A WebSocket message in one unmasked frame (RFC 6455, section 5.2). */
  WEB_SOCKET {
    @Override
    int overhead(int length) {
      return length < 126 ? 2 : length < 65_536 ? 4 : 10;
    }

    @Override
    void write(Frame frame, ByteBuf out) {
      var bytes = frame.bytes();
      out.writeByte((frame.isBinary() ? 0x82 : 0x81) | (frame.isCompressed() ? 0x40 : 0));
      if (bytes.length < 126) {
        out.writeByte(bytes.length);
      } else if (bytes.length < 65_536) {
        out.writeByte(126).writeShort(bytes.length);
      } else {
        out.writeByte(127).writeLong(bytes.length);
      }
      out.writeBytes(bytes);
    }
  },

  /** A chunk of a chunked HTTP body (RFC 9112, section 7.1). */
  CHUNK {
    @Override
    int overhead(int length) {
      return Integer.toHexString(length).length() + 4;
    }

    @Override
    void write(Frame frame, ByteBuf out) {
      var bytes = frame.bytes();
      var length = Integer.toHexString(bytes.length);
      out.writeCharSequence(length, StandardCharsets.US_ASCII);
      ByteBufUtil.writeShortBE(out, 0x0D0A);
      out.writeBytes(bytes);
      ByteBufUtil.writeShortBE(out, 0x0D0A);
    }
  };

  /** How many bytes the wrapping adds to a payload. */
  abstract int overhead(int length);

  /** Writes the wrapped frame. */
  abstract void write(Frame frame, ByteBuf out);
}
