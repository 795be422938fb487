package dev.headway.server.conformance;

import static dev.headway.server.conformance.Wire.CONTINUATION;
import static dev.headway.server.conformance.Wire.FIN;
import static dev.headway.server.conformance.Wire.PING;
import static dev.headway.server.conformance.Wire.PONG;
import static dev.headway.server.conformance.Wire.TEXT;
import static dev.headway.server.conformance.Wire.utf8;

import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Group 5 (fragmentation): all cases. "Frame-wise chops" are one write a frame, as all others;
 * where the suite waits a second, the answer is waited for.
 */
final class FragmentationCasesTest {
  private static final int NO_CHOPS = 0;

  @RegisterExtension static final EchoServer SERVER = new EchoServer();

  static Stream<WireCase> cases() {
    return Stream.of(
            Stream.of(
                WireCase.of("5.1").sends(PING, part(1)).sends(FIN, part(2)).fails(1002),
                WireCase.of("5.2").sends(PONG, part(1)).sends(FIN, part(2)).fails(1002)),
            twoParts(),
            nothingToContinue(),
            Stream.of(afterAMessage(), repeated("5.16", 0), repeated("5.17", FIN), textTwice()),
            Stream.of(pingsBetween("5.19"), pingsBetween("5.20")))
        .flatMap(each -> each);
  }

  private static byte[] part(int number) {
    return utf8("fragment" + number);
  }

  private static Stream<WireCase> twoParts() {
    var ping = utf8("ping payload");
    return Stream.of(0, 1, 2, 3, 4, 5)
        .map(number -> {
          var chop = number % 3 == 2 ? 1 : NO_CHOPS;
          var parts = WireCase.of("5." + (number + 3)).sends(TEXT, part(1), chop);
          if (number >= 3) {
            parts.sends(FIN | PING, ping, chop).expects(PONG, ping);
          }
          return parts.sends(FIN | CONTINUATION, part(2), chop).expectsText("fragment1fragment2");
        });
  }

  private static Stream<WireCase> nothingToContinue() {
    return Stream.of(0, 1, 2, 3, 4, 5)
        .map(number -> {
          var chop = number % 3 == 2 ? 1 : NO_CHOPS;
          return WireCase.of("5." + (number + 9))
              .sends(number < 3 ? FIN : CONTINUATION, utf8("non-continuation payload"), chop)
              .sends(FIN | TEXT, utf8("Hello, world!"), chop)
              .fails(1002);
        });
  }

  private static WireCase afterAMessage() {
    return WireCase.of("5.15")
        .sends(TEXT, part(1))
        .sends(FIN | CONTINUATION, part(2))
        .sends(CONTINUATION, part(3))
        .sends(FIN | TEXT, part(4))
        .expectsText("fragment1fragment2")
        .fails(1002);
  }

  private static WireCase repeated(String id, int fin) {
    var twice = WireCase.of(id);
    for (var time = 0; time < 2; time++) {
      twice.sends(fin, part(1)).sends(TEXT, part(2)).sends(FIN | CONTINUATION, part(3));
    }
    return twice.fails(1002);
  }

  private static WireCase textTwice() {
    return WireCase.of("5.18").sends(TEXT, part(1)).sends(FIN | TEXT, part(2)).fails(1002);
  }

  private static WireCase pingsBetween(String id) {
    return WireCase.of(id)
        .sends(TEXT, part(1))
        .sends(CONTINUATION, part(2))
        .sends(FIN | PING, utf8("pongme 1!"))
        .expects(PONG, utf8("pongme 1!"))
        .awaits()
        .sends(CONTINUATION, part(3))
        .sends(CONTINUATION, part(4))
        .sends(FIN | PING, utf8("pongme 2!"))
        .expects(PONG, utf8("pongme 2!"))
        .sends(FIN | CONTINUATION, part(5))
        .expectsText("fragment1fragment2fragment3fragment4fragment5");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void message_inFragments_isJoinedOrFails(WireCase each) throws Exception {
    each.run(SERVER.port());
  }
}
