package dev.headway.server.conformance;

import static dev.headway.server.conformance.Wire.CLOSE;
import static dev.headway.server.conformance.Wire.CONTINUATION;
import static dev.headway.server.conformance.Wire.FIN;
import static dev.headway.server.conformance.Wire.PING;
import static dev.headway.server.conformance.Wire.TEXT;
import static dev.headway.server.conformance.Wire.close;
import static dev.headway.server.conformance.Wire.utf8;

import java.util.HexFormat;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Group 7 (the closing handshake): all cases but 7.1.6, whose outcome the suite leaves open:
 * whether messages that come right before a close frame are still answered. Where it lets the
 * server drop the connection instead of closing it, a close frame with the code is asked for. The
 * codes of 7.13, on which it has no opinion, are answered like others.
 */
final class CloseCasesTest {
  private static final byte[] NONE = {};

  @RegisterExtension static final EchoServer SERVER = new EchoServer();

  static Stream<WireCase> sequences() {
    var hello = utf8("Hello World!");
    return Stream.of(
        WireCase.of("7.1.1").sends(FIN | TEXT, hello).expects(TEXT, hello),
        closed("7.1.2").sends(FIN | CLOSE, NONE).answersClose(1000),
        closed("7.1.3").sends(FIN | PING, NONE).answersClose(1000),
        closed("7.1.4").sends(FIN | TEXT, hello).answersClose(1000),
        WireCase.of("7.1.5")
            .sends(TEXT, utf8("fragment1"))
            .sendsBytes(close(1000, NONE), 0)
            .sends(FIN | CONTINUATION, utf8("fragment2"))
            .answersClose(1000));
  }

  private static WireCase closed(String id) {
    return WireCase.of(id).sendsBytes(close(1000, NONE), 0);
  }

  static Stream<WireCase> payloads() {
    var notUtf8 = HexFormat.of().parseHex("cebae1bdb9cf83cebcceb5eda080656469746564");
    return Stream.of(
        WireCase.of("7.3.1").sends(FIN | CLOSE, NONE).answersClose(1000),
        WireCase.of("7.3.2").sends(FIN | CLOSE, utf8("a")).fails(1002),
        closed("7.3.3").answersClose(1000),
        WireCase.of("7.3.4").sendsBytes(close(1000, utf8("Hello World!")), 0).answersClose(1000),
        WireCase.of("7.3.5").sendsBytes(close(1000, utf8("*".repeat(123))), 0).answersClose(1000),
        WireCase.of("7.3.6").sendsBytes(close(1000, utf8("*".repeat(124))), 0).fails(1002),
        WireCase.of("7.5.1").sendsBytes(close(1000, notUtf8), 0).fails(1007));
  }

  static Stream<WireCase> codes() {
    var valid =
        new int[] {1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999};
    var invalid = new int[] {0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999};
    return Stream.of(
            IntStream.range(0, valid.length).mapToObj(at -> answered("7.7." + (at + 1), valid[at])),
            IntStream.range(0, invalid.length)
                .mapToObj(at -> closedWith("7.9." + (at + 1), invalid[at]).fails(1002)),
            Stream.of(answered("7.13.1", 5_000), answered("7.13.2", 65_535)))
        .flatMap(all -> all);
  }

  private static WireCase answered(String id, int code) {
    return closedWith(id, code).answersClose(code);
  }

  private static WireCase closedWith(String id, int code) {
    return WireCase.of(id).sendsBytes(close(code, NONE), 0);
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void close_amongOtherFrames_isTheLastThatCounts(WireCase each) throws Exception {
    each.run(SERVER.port());
  }

  @ParameterizedTest
  @MethodSource("payloads")
  void close_withEachPayload_isAnsweredOrFails(WireCase each) throws Exception {
    each.run(SERVER.port());
  }

  @ParameterizedTest
  @MethodSource("codes")
  void close_withEachCode_isAnsweredOnlyWhereAllowed(WireCase each) throws Exception {
    each.run(SERVER.port());
  }
}
