package dev.headway.server.conformance;

import static dev.headway.server.conformance.Wire.BINARY;
import static dev.headway.server.conformance.Wire.CLOSE;
import static dev.headway.server.conformance.Wire.FIN;
import static dev.headway.server.conformance.Wire.PING;
import static dev.headway.server.conformance.Wire.TEXT;
import static dev.headway.server.conformance.Wire.bytes;
import static dev.headway.server.conformance.Wire.utf8;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Groups 3 (reserved bits) and 4 (reserved opcodes): all cases. A message before the violation is
 * answered, nothing after it.
 */
final class ReservedCasesTest {
  private static final byte[] HELLO = utf8("Hello, world!");
  private static final byte[] NONE = {};

  @RegisterExtension static final EchoServer SERVER = new EchoServer();

  static Stream<WireCase> bits() {
    var binary = bytes("\u0000\u00ff\u00fe\u00fd\u00fc\u00fb\u0000\u00ff");
    return Stream.of(
        WireCase.of("3.1").sends(FIN | rsv(1) | TEXT, HELLO).fails(1002),
        afterHello("3.2", rsv(2) | TEXT, HELLO, 0),
        afterHello("3.3", rsv(3) | TEXT, HELLO, 0),
        afterHello("3.4", rsv(4) | TEXT, HELLO, 1),
        WireCase.of("3.5").sends(FIN | rsv(5) | BINARY, binary).fails(1002),
        WireCase.of("3.6").sends(FIN | rsv(6) | PING, HELLO).fails(1002),
        WireCase.of("3.7").sends(FIN | rsv(7) | CLOSE, NONE).fails(1002));
  }

  private static int rsv(int bits) {
    return bits << 4;
  }

  static Stream<WireCase> opcodes() {
    return Stream.of(
        WireCase.of("4.1.1").sends(FIN | 3, NONE).fails(1002),
        WireCase.of("4.1.2").sends(FIN | 4, utf8("reserved opcode payload")).fails(1002),
        afterHello("4.1.3", 5, NONE, 0),
        afterHello("4.1.4", 6, HELLO, 0),
        afterHello("4.1.5", 7, HELLO, 1),
        WireCase.of("4.2.1").sends(FIN | 11, NONE).fails(1002),
        WireCase.of("4.2.2").sends(FIN | 12, utf8("reserved opcode payload")).fails(1002),
        afterHello("4.2.3", 13, NONE, 0),
        afterHello("4.2.4", 14, HELLO, 0),
        afterHello("4.2.5", 15, HELLO, 1));
  }

  private static WireCase afterHello(String id, int first, byte[] payload, int chop) {
    return WireCase.of(id)
        .sends(FIN | TEXT, HELLO, chop)
        .sends(FIN | first, payload, chop)
        .sends(FIN | PING, NONE, chop)
        .expects(TEXT, HELLO)
        .fails(1002);
  }

  @ParameterizedTest
  @MethodSource("bits")
  void frame_withReservedBits_failsAfterWhatCameBefore(WireCase each) throws Exception {
    each.run(SERVER.port());
  }

  @ParameterizedTest
  @MethodSource("opcodes")
  void frame_withAReservedOpcode_failsAfterWhatCameBefore(WireCase each) throws Exception {
    each.run(SERVER.port());
  }
}
