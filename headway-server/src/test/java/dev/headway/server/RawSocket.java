package dev.headway.server;

import dev.headway.testkit.Patience;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A WebSocket client that may break every rule (RFC 6455), to see what the server does. */
final class RawSocket implements AutoCloseable {
  /** A frame as it came. */
  record Received(int opcode, String text) {
    int closeCode() {
      return Integer.parseInt(text.substring(0, 4));
    }
  }

  /** A frame with its first byte, which has the reserved bits. */
  record Raw(int head, ByteBuffer content) {
    boolean compressed() {
      return (head & 0x40) != 0;
    }

    byte[] payload() {
      var bytes = new byte[content.remaining()];
      content.duplicate().get(bytes);
      return bytes;
    }
  }

  private final Socket socket = new Socket();
  private final DataInputStream in;
  private final String head;

  RawSocket(int port, String path, String... headers) throws IOException {
    socket.setReceiveBufferSize(4_096);
    socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket.setSoTimeout((int) Patience.LONG.toMillis());
    in = new DataInputStream(socket.getInputStream());
    var request =
        new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n");
    request.append("Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n");
    request.append("Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n");
    for (var header : headers) {
      request.append(header).append("\r\n");
    }
    socket.getOutputStream().write((request + "\r\n").getBytes(StandardCharsets.US_ASCII));
    head = readHead();
  }

  private String readHead() throws IOException {
    var bytes = new ByteArrayOutputStream();
    while (!bytes.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
      bytes.write(in.readUnsignedByte());
    }
    return bytes.toString(StandardCharsets.US_ASCII);
  }

  /** The head of the answer to the handshake. */
  String head() {
    return head;
  }

  /** Sends a frame, masked with zeros or not at all. */
  void send(int opcode, byte[] payload, boolean masked) throws IOException {
    var frame = ByteBuffer.allocate(payload.length + 14);
    frame.put((byte) (0x80 | opcode));
    var mask = masked ? 0x80 : 0;
    if (payload.length < 126) {
      frame.put((byte) (mask | payload.length));
    } else if (payload.length < 65_536) {
      frame.put((byte) (mask | 126)).putShort((short) payload.length);
    } else {
      frame.put((byte) (mask | 127)).putLong(payload.length);
    }
    if (masked) {
      frame.putInt(0);
    }
    frame.put(payload);
    socket.getOutputStream().write(frame.array(), 0, frame.position());
  }

  /** Sends one text message in several frames. */
  void sendFragments(String... parts) throws IOException {
    for (var at = 0; at < parts.length; at++) {
      var payload = parts[at].getBytes(StandardCharsets.UTF_8);
      var fin = at == parts.length - 1 ? 0x80 : 0;
      var frame = ByteBuffer.allocate(payload.length + 6);
      frame.put((byte) (fin | (at == 0 ? 1 : 0))).put((byte) (0x80 | payload.length)).putInt(0);
      socket.getOutputStream().write(frame.put(payload).array());
    }
  }

  void sendText(String text) throws IOException {
    send(1, text.getBytes(StandardCharsets.UTF_8), true);
  }

  /** Sends a frame of less than 64 KiB with this first byte, masked with zeros. */
  void sendFrame(int head, byte[] payload) throws IOException {
    var frame = ByteBuffer.allocate(payload.length + 8).put((byte) head);
    if (payload.length < 126) {
      frame.put((byte) (0x80 | payload.length));
    } else {
      frame.put((byte) (0x80 | 126)).putShort((short) payload.length);
    }
    frame.putInt(0).put(payload);
    socket.getOutputStream().write(frame.array(), 0, frame.position());
  }

  /** The next frame as it came. */
  Raw readRaw() throws IOException {
    var first = in.readUnsignedByte();
    var length = in.readUnsignedByte();
    var size = length < 126 ? length : length == 126 ? in.readUnsignedShort() : (int) in.readLong();
    var payload = new byte[size];
    in.readFully(payload);
    return new Raw(first, ByteBuffer.wrap(payload));
  }

  /** The next frame; a close frame's text begins with its code. */
  Received read() throws IOException {
    var raw = readRaw();
    var opcode = raw.head() & 0x0F;
    var payload = raw.payload();
    if (opcode == 8) {
      var code = ByteBuffer.wrap(payload).getShort() & 0xFFFF;
      var reason = new String(payload, 2, payload.length - 2, StandardCharsets.UTF_8);
      return new Received(8, code + reason);
    }
    return new Received(opcode, new String(payload, StandardCharsets.UTF_8));
  }

  /** Reads on until a frame contains a text. */
  Received await(String text) throws IOException {
    var frame = read();
    while (!frame.text().contains(text)) {
      frame = read();
    }
    return frame;
  }

  /** Reads on until the server closes, and says with which code. */
  int readClose() throws IOException {
    var frame = read();
    while (frame.opcode() != 8) {
      frame = read();
    }
    return frame.closeCode();
  }

  /** Whether the server has ended the connection. */
  boolean ended() throws IOException {
    try {
      var _ = in.readUnsignedByte();
      return false;
    } catch (EOFException _) {
      return true;
    }
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
