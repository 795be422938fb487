package dev.headway.server.conformance;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.headway.testkit.Patience;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A client's end of a WebSocket, byte by byte (RFC 6455, section 5.2). Used by one thread. */
final class Wire implements AutoCloseable {
  static final int CONTINUATION = 0;
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  static final int FIN = 0x80;
  static final int COMPRESSED = 0x40;

  private static final byte[] MASK = {0x37, (byte) 0xFA, 0x21, 0x3D};

  private final Socket socket;
  private final DataInputStream in;
  private final String head;

  /** A frame as it came; its first byte has the reserved bits. */
  record Received(int head, ByteBuffer content) {
    byte[] payload() {
      var bytes = new byte[content.limit()];
      content.get(0, bytes);
      return bytes;
    }

    int opcode() {
      return head & 0x0F;
    }

    boolean compressed() {
      return (head & COMPRESSED) != 0;
    }

    /** The code of a close frame; 1005 when there is none. */
    int closeCode() {
      return content.limit() < 2 ? 1005 : content.getShort(0) & 0xFFFF;
    }
  }

  Wire(int port, String... headers) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setTcpNoDelay(true);
    socket.setSoTimeout((int) Patience.LONG.toMillis());
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 1 << 16));
    var request =
        """
        GET %s HTTP/1.1\r
        Host: localhost:%d\r
        Upgrade: websocket\r
        Connection: Upgrade\r
        Sec-WebSocket-Version: 13\r
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
        %s\r
        """
            .formatted(EchoServer.PATH, port, String.join("\r\n", headers) + ending(headers));
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    head = readHead();
  }

  private static String ending(String... headers) {
    return headers.length == 0 ? "" : "\r\n";
  }

  private String readHead() throws IOException {
    var read = new StringBuilder();
    while (!read.toString().endsWith("\r\n\r\n")) {
      read.append((char) in.readUnsignedByte());
    }
    return read.toString();
  }

  /** The head of the answer to the handshake. */
  String head() {
    return head;
  }

  /** A masked frame. The first byte has the opcode, {@link #FIN} and the reserved bits. */
  static byte[] frame(int first, byte[] payload) {
    var frame = ByteBuffer.allocate(payload.length + 14).put((byte) first);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (0x80 | 127)).putLong(payload.length);
    }
    frame.put(MASK);
    for (var at = 0; at < payload.length; at++) {
      frame.put((byte) (payload[at] ^ MASK[at & 3]));
    }
    return Arrays.copyOf(frame.array(), frame.position());
  }

  /** A close frame with a code and a reason. */
  static byte[] close(int code, byte[] reason) {
    var payload = ByteBuffer.allocate(reason.length + 2).putShort((short) code).put(reason);
    return frame(FIN | CLOSE, payload.array());
  }

  /** The bytes of a text. */
  static byte[] utf8(String text) {
    return text.getBytes(UTF_8);
  }

  /** The bytes that a text spells, one a character: {@code "\u00ce\u00ba"} is CE BA. */
  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /**
   * Sends bytes.
   *
   * @param chop how many at a time; 0 for all
   */
  void send(byte[] bytes, int chop) throws IOException {
    var out = socket.getOutputStream();
    try {
      for (var at = 0; at < bytes.length; ) {
        var length = chop == 0 ? bytes.length : Math.min(chop, bytes.length - at);
        out.write(bytes, at, length);
        at += length;
      }
    } catch (SocketException _) {
      // The server has failed the connection; reading on tells how.
    }
  }

  /** The next frame; null when the connection has ended. */
  @Nullable Received read() throws IOException {
    try {
      var first = in.readUnsignedByte();
      var length = in.readUnsignedByte();
      var size =
          length < 126 ? length : length == 126 ? in.readUnsignedShort() : (int) in.readLong();
      var payload = new byte[size];
      in.readFully(payload);
      return new Received(first, ByteBuffer.wrap(payload));
    } catch (EOFException | SocketException _) {
      return null;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
