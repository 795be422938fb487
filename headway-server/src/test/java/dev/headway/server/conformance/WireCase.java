package dev.headway.server.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.conformance.Wire.Received;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A case of the suite: what is sent, what must come back, and how the connection must end. Every
 * case is strict: it has one acceptable outcome.
 */
final class WireCase {
  private static final int NORMAL = 1000;

  private final String id;
  private final List<Step> steps = new ArrayList<>();
  private final List<String> expected = new ArrayList<>();
  private Ending ending = Ending.CLIENT_CLOSES;
  private int code = NORMAL;

  /** The way in which the connection ends. */
  private enum Ending {
    /** The client, when everything has come. */
    CLIENT_CLOSES,
    /** The client, by one of the frames that it sends. */
    CLIENT_HAS_CLOSED,
    /** The server. */
    SERVER_FAILS
  }

  /** Something the client does; frames that it reads are noted. */
  private interface Step {
    void take(Wire wire, List<String> seen) throws IOException;
  }

  private WireCase(String id) {
    this.id = id;
  }

  static WireCase of(String id) {
    return new WireCase(id);
  }

  /** Sends a frame as a whole. */
  WireCase sends(int first, byte[] payload) {
    return sends(first, payload, 0);
  }

  /** Sends a frame in chops of some bytes. */
  WireCase sends(int first, byte[] payload, int chop) {
    return sendsBytes(Wire.frame(first, payload), chop);
  }

  WireCase sendsBytes(byte[] bytes, int chop) {
    steps.add((wire, _) -> wire.send(bytes, chop));
    return this;
  }

  /** Sends a message in fragments of some bytes. */
  WireCase sendsFragments(int opcode, byte[] payload, int size) {
    for (var at = 0; at < payload.length; at += size) {
      var part = Arrays.copyOfRange(payload, at, Math.min(at + size, payload.length));
      var fin = at + size >= payload.length ? Wire.FIN : 0;
      sends(fin | (at == 0 ? opcode : Wire.CONTINUATION), part);
    }
    return this;
  }

  /** Waits for what must come next before it goes on. */
  WireCase awaits() {
    steps.add((wire, seen) -> note(wire.read(), seen));
    return this;
  }

  WireCase expects(int opcode, byte[] payload) {
    expected.add(shown(opcode, payload));
    return this;
  }

  WireCase expectsText(String text) {
    return expects(Wire.TEXT, Wire.utf8(text));
  }

  /** The client closes when everything has come, and the server answers with 1000: the default. */
  WireCase closedNormally() {
    return this;
  }

  /** A frame of the case closes; the server answers with this code. */
  WireCase answersClose(int with) {
    return ends(Ending.CLIENT_HAS_CLOSED, with);
  }

  /** The server fails the connection with this code. */
  WireCase fails(int with) {
    return ends(Ending.SERVER_FAILS, with);
  }

  private WireCase ends(Ending how, int with) {
    ending = how;
    code = with;
    return this;
  }

  /** Runs the case. */
  void run(int port, String... headers) throws IOException {
    try (var wire = new Wire(port, headers)) {
      var seen = new ArrayList<String>();
      for (var step : steps) {
        step.take(wire, seen);
      }
      if (ending == Ending.CLIENT_CLOSES) {
        while (seen.size() < expected.size()) {
          note(wire.read(), seen);
        }
        wire.send(Wire.close(NORMAL, new byte[0]), 0);
      }
      assertThat(closeCode(wire, seen)).as("%s: the server's close code", id).isEqualTo(code);
      assertThat(seen).as("%s: what came back", id).isEqualTo(expected);
      if (ending != Ending.SERVER_FAILS) { // then it waits until the client has gone
        assertThat(wire.read()).as("%s: nothing after the close frame", id).isNull();
      }
    }
  }

  /* Reads on until the server closes. */
  private int closeCode(Wire wire, List<String> seen) throws IOException {
    var frame = wire.read();
    while (frame != null && frame.opcode() != Wire.CLOSE) {
      note(frame, seen);
      frame = wire.read();
    }
    assertThat(frame).as("%s: a close frame", id).isNotNull();
    return frame.closeCode();
  }

  private void note(@Nullable Received frame, List<String> seen) {
    assertThat(frame).as("%s: something after %s", id, seen).isNotNull();
    seen.add(shown(frame.head() & ~Wire.FIN, frame.payload()));
  }

  private static String shown(int opcode, byte[] payload) {
    return payload.length <= 256
        ? opcode + ":" + HexFormat.of().formatHex(payload)
        : opcode + ":" + payload.length + " bytes, " + Arrays.hashCode(payload);
  }

  @Override
  public String toString() {
    return id;
  }
}
