package dev.headway.bench.load;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The messages by which a watcher begins to watch, and the mark by which it finds messages later.
 * Texts stand for bytes, a character each (ISO 8859-1).
 *
 * @param path the request target of the handshake
 * @param headers further lines of the handshake, without line ends
 * @param binary whether its frames are binary
 * @param steps what it waits for and answers, in order; then it watches
 * @param marker eight bytes that stand before every message's number
 * @param ping the beginning of a frame that must be answered; empty for none
 * @param pong the answer
 */
public record Script(
    String path,
    List<String> headers,
    boolean binary,
    List<Step> steps,
    String marker,
    String ping,
    String pong) {
  /** Stands before the number in the messages that this program publishes. */
  public static final String MARKER = "bench-n:";

  /**
   * One step of the way.
   *
   * @param await a text of the frame that is waited for
   * @param send the frame that is sent then; empty for none
   */
  public record Step(String await, String send) {}

  /** Takes copies. */
  public Script {
    headers = List.copyOf(headers);
    steps = List.copyOf(steps);
    if (marker.length() != 8) {
      throw new IllegalArgumentException(
          "The marker (%s) must have eight characters".formatted(marker));
    }
  }

  /** A script of text frames that watches as soon as the handshake is done. */
  public static Script of(String path) {
    return new Script(path, List.of(), false, List.of(), MARKER, "", "");
  }

  /** The same with one more line in the handshake. */
  public Script header(String line) {
    var more = new ArrayList<>(headers);
    more.add(line);
    return new Script(path, more, binary, steps, marker, ping, pong);
  }

  /** The same with one more step. */
  public Script then(String await, String send) {
    var more = new ArrayList<>(steps);
    more.add(new Step(await, send));
    return new Script(path, headers, binary, more, marker, ping, pong);
  }

  /** The same with binary frames. */
  public Script inBinary() {
    return new Script(path, headers, true, steps, marker, ping, pong);
  }

  /** The same with another marker. */
  public Script markedBy(String eightBytes) {
    return new Script(path, headers, binary, steps, eightBytes, ping, pong);
  }

  /** The same, answering pings of the application's own. */
  public Script answering(String pingText, String pongText) {
    return new Script(path, headers, binary, steps, marker, pingText, pongText);
  }

  byte[] handshake(String host) {
    var request =
        new StringBuilder("GET ")
            .append(path)
            .append(" HTTP/1.1\r\nHost: ")
            .append(host)
            .append("\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n")
            .append("Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n");
    headers.forEach(line -> request.append(line).append("\r\n"));
    return request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }
}
