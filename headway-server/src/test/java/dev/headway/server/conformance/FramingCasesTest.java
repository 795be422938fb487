package dev.headway.server.conformance;

import static dev.headway.server.conformance.Wire.BINARY;
import static dev.headway.server.conformance.Wire.FIN;
import static dev.headway.server.conformance.Wire.PING;
import static dev.headway.server.conformance.Wire.PONG;
import static dev.headway.server.conformance.Wire.TEXT;
import static dev.headway.server.conformance.Wire.bytes;
import static dev.headway.server.conformance.Wire.utf8;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Groups 1 (framing of text and binary messages) and 2 (pings and pongs): all cases. */
final class FramingCasesTest {
  @RegisterExtension static final EchoServer SERVER = new EchoServer();

  static Stream<WireCase> messages() {
    var sizes = new int[] {0, 125, 126, 127, 128, 65_535, 65_536, 65_536};
    return IntStream.of(TEXT, BINARY)
        .boxed()
        .flatMap(opcode ->
            IntStream.rangeClosed(1, sizes.length)
                .mapToObj(number -> message(opcode, number, sizes[number - 1])));
  }

  private static WireCase message(int opcode, int number, int size) {
    var payload = new byte[size];
    Arrays.fill(payload, (byte) (opcode == TEXT ? '*' : 0xFE));
    return WireCase.of("1." + opcode + "." + number)
        .sends(FIN | opcode, payload, number == 8 ? 997 : 0)
        .expects(opcode, payload)
        .closedNormally();
  }

  static Stream<WireCase> pings() {
    var binary = bytes("\u0000\u00ff\u00fe\u00fd\u00fc\u00fb\u0000\u00ff");
    var longest = bytes("\u00fe".repeat(125));
    var unsolicited = utf8("unsolicited pong payload");
    return Stream.of(
        ping("2.1", new byte[0], 0),
        ping("2.2", utf8("Hello, world!"), 0),
        ping("2.3", binary, 0),
        ping("2.4", longest, 0),
        WireCase.of("2.5").sends(FIN | PING, bytes("\u00fe".repeat(126))).fails(1002),
        ping("2.6", longest, 1),
        WireCase.of("2.7").sends(FIN | PONG, new byte[0]).closedNormally(),
        WireCase.of("2.8").sends(FIN | PONG, unsolicited).closedNormally(),
        WireCase.of("2.9")
            .sends(FIN | PONG, unsolicited)
            .sends(FIN | PING, utf8("ping payload"))
            .expects(PONG, utf8("ping payload")),
        tenPings("2.10", 0),
        tenPings("2.11", 1));
  }

  private static WireCase ping(String id, byte[] payload, int chop) {
    return WireCase.of(id).sends(FIN | PING, payload, chop).expects(PONG, payload);
  }

  private static WireCase tenPings(String id, int chop) {
    var ten = WireCase.of(id);
    for (var number = 0; number < 10; number++) {
      var payload = utf8("payload-" + number);
      ten.sends(FIN | PING, payload, chop).expects(PONG, payload);
    }
    return ten;
  }

  @ParameterizedTest
  @MethodSource("messages")
  void message_ofEachSize_isEchoed(WireCase each) throws Exception {
    each.run(SERVER.port());
  }

  @ParameterizedTest
  @MethodSource("pings")
  void ping_ofEachKind_isAnswered(WireCase each) throws Exception {
    each.run(SERVER.port());
  }
}
