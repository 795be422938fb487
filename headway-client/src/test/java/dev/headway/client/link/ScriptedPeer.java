package dev.headway.client.link;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;

/**
 * The other end of a WebSocket (RFC 6455) for one connection, which does exactly what a test says,
 * also what no proper server would do.
 */
final class ScriptedPeer implements AutoCloseable {
  private static final String KEY_SUFFIX = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
  private static final int TEXT = 1;
  private static final int CLOSE = 8;
  private static final int PING = 9;
  private static final int FINAL = 0x80;

  /** The behaviour of the peer on a connection. */
  @FunctionalInterface
  interface Script {
    void play(ScriptedPeer peer) throws IOException;
  }

  private final ServerSocket listening;
  private String request = "";
  private InputStream in = InputStream.nullInputStream();
  private OutputStream out = OutputStream.nullOutputStream();

  /** Plays {@code script} for the first connection. */
  ScriptedPeer(Script script) {
    try {
      listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(() -> serve(script));
  }

  URI uri() {
    return URI.create("ws://127.0.0.1:" + listening.getLocalPort() + "/api/v1/stream");
  }

  private void serve(Script script) {
    try (var socket = listening.accept()) {
      open(socket);
      script.play(this);
    } catch (IOException _) {
      // The client has left, as some scripts want.
    }
  }

  private void open(Socket socket) throws IOException {
    in = socket.getInputStream();
    out = socket.getOutputStream();
    var head = new ByteArrayOutputStream();
    while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
      head.write(in.read());
    }
    request = head.toString(StandardCharsets.ISO_8859_1);
  }

  /** The request's head. */
  String request() {
    return request;
  }

  void upgrade() throws IOException {
    raw(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Protocol: headway.v1\r\nSec-WebSocket-Accept: "
            + accept(header("sec-websocket-key"))
            + "\r\n\r\n");
  }

  String header(String name) {
    return request
        .lines()
        .filter(line -> line.toLowerCase(Locale.ROOT).startsWith(name + ":"))
        .map(line -> line.substring(name.length() + 1).trim())
        .findFirst()
        .orElse("");
  }

  private static String accept(String key) {
    try {
      var digest =
          MessageDigest.getInstance("SHA-1")
              .digest((key + KEY_SUFFIX).getBytes(StandardCharsets.ISO_8859_1));
      return Base64.getEncoder().encodeToString(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  void raw(String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.ISO_8859_1));
    out.flush();
  }

  void text(String text) throws IOException {
    frame(FINAL | TEXT, text.getBytes(StandardCharsets.UTF_8));
  }

  /** Sends a text in fragments of so many bytes. */
  void fragments(String text, int size) throws IOException {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    for (var from = 0; from < bytes.length; from += size) {
      var to = Math.min(bytes.length, from + size);
      var opcode = (from == 0 ? TEXT : 0) | (to == bytes.length ? FINAL : 0);
      frame(opcode, Arrays.copyOfRange(bytes, from, to));
    }
  }

  void ping() throws IOException {
    frame(FINAL | PING, new byte[0]);
  }

  void close(int code, String reason) throws IOException {
    var payload = new ByteArrayOutputStream();
    payload.write(code >> 8);
    payload.write(code);
    payload.writeBytes(reason.getBytes(StandardCharsets.UTF_8));
    frame(FINAL | CLOSE, payload.toByteArray());
  }

  private void frame(int first, byte[] payload) throws IOException {
    out.write(first);
    if (payload.length < 126) {
      out.write(payload.length);
    } else {
      out.write(126);
      out.write(payload.length >> 8);
      out.write(payload.length);
    }
    out.write(payload);
    out.flush();
  }

  /** Reads one masked frame of up to 65,535 bytes. */
  String read() throws IOException {
    in.readNBytes(1);
    var length = in.readNBytes(1)[0] & 0x7F;
    if (length == 126) {
      var extended = in.readNBytes(2);
      length = (extended[0] & 0xFF) << 8 | (extended[1] & 0xFF);
    }
    var mask = in.readNBytes(4);
    var payload = in.readNBytes(length);
    for (var i = 0; i < payload.length; i++) {
      payload[i] ^= mask[i % 4];
    }
    return new String(payload, StandardCharsets.UTF_8);
  }

  /** Reads until the client leaves. */
  void awaitEnd() throws IOException {
    in.transferTo(OutputStream.nullOutputStream());
  }

  @Override
  public void close() throws IOException {
    listening.close();
  }
}
