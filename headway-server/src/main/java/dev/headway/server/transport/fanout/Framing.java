package dev.headway.server.transport.fanout;

import dev.headway.core.topic.Frame;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.nio.charset.StandardCharsets;

/** The wrapping of frames on the wire; the same for every client of a kind. */
public enum Framing {
  /** A WebSocket message in one unmasked frame (RFC 6455, section 5.2). */
  WEB_SOCKET {
    @Override
    public int overhead(int length) {
      return length < 126 ? 2 : length < 65_536 ? 4 : 10;
    }

    @Override
    public void write(Frame frame, ByteBuf out) {
      writeMessage(frame.isBinary() ? BINARY : TEXT, frame.bytes(), out);
    }
  },

  /** None: the frame's bytes are a whole WebSocket message already. */
  WHOLE_MESSAGE {
    @Override
    public int overhead(int length) {
      return 0;
    }

    @Override
    public void write(Frame frame, ByteBuf out) {
      out.writeBytes(frame.bytes());
    }
  },

  /** A chunk of a chunked HTTP body (RFC 9112, section 7.1). */
  CHUNK {
    @Override
    public int overhead(int length) {
      return Integer.toHexString(length).length() + 4;
    }

    @Override
    public void write(Frame frame, ByteBuf out) {
      var bytes = frame.bytes();
      var length = Integer.toHexString(bytes.length);
      out.writeCharSequence(length, StandardCharsets.US_ASCII);
      ByteBufUtil.writeShortBE(out, 0x0D0A);
      out.writeBytes(bytes);
      ByteBufUtil.writeShortBE(out, 0x0D0A);
    }
  };

  /** The first byte of an unfragmented text message. */
  public static final int TEXT = 0x81;

  /** The first byte of an unfragmented binary message. */
  public static final int BINARY = 0x82;

  /** The bit of the first byte that marks a compressed message (RFC 7692, section 6). */
  public static final int COMPRESSED = 0x40;

  /** Returns the number of bytes that the wrapping adds to a payload. */
  public abstract int overhead(int length);

  /** Writes the wrapped frame. */
  public abstract void write(Frame frame, ByteBuf out);

  /** Writes a WebSocket message that begins with {@code first}. */
  public static void writeMessage(int first, byte[] payload, ByteBuf out) {
    out.writeByte(first);
    if (payload.length < 126) {
      out.writeByte(payload.length);
    } else if (payload.length < 65_536) {
      out.writeByte(126).writeShort(payload.length);
    } else {
      out.writeByte(127).writeLong(payload.length);
    }
    out.writeBytes(payload);
  }
}
