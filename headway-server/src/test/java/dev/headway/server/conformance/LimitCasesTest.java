package dev.headway.server.conformance;

import static dev.headway.server.conformance.Wire.BINARY;
import static dev.headway.server.conformance.Wire.FIN;
import static dev.headway.server.conformance.Wire.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Groups 9 (limits and performance) and 10 (fragments of a fixed size): all cases, with messages of
 * at most 1 MiB. Larger ones (9.1.4 to 9.1.6, 9.2.4 to 9.2.6: 4, 8 and 16 MiB) are beyond what
 * {@code ws.max-frame-bytes} can be set to and close with 1009, as a limit must; the fragmented
 * ones (9.3, 9.4) have 1 MiB in place of 4.
 */
final class LimitCasesTest {
  private static final int MIB = 1 << 20;

  @RegisterExtension static final EchoServer SERVER = new EchoServer();

  private static Stream<WireCase> forBoth(IntCases cases) {
    return Stream.of(TEXT, BINARY).flatMap(cases::of);
  }

  /** Cases of one kind of message. */
  private interface IntCases {
    Stream<WireCase> of(int opcode);
  }

  private static byte[] payload(int opcode, int size) {
    var payload = new byte[size];
    Arrays.fill(payload, (byte) (opcode == TEXT ? '*' : 0xFE));
    return payload;
  }

  static Stream<WireCase> large() {
    var sizes = new int[] {64 << 10, 256 << 10, MIB, 4 * MIB, 8 * MIB, 16 * MIB};
    return forBoth(opcode ->
        IntStream.range(0, sizes.length)
            .mapToObj(at -> {
              var payload = payload(opcode, sizes[at]);
              var each = WireCase.of("9." + opcode + "." + (at + 1)).sends(FIN | opcode, payload);
              return sizes[at] <= EchoServer.LARGEST
                  ? each.expects(opcode, payload)
                  : each.fails(1009);
            }));
  }

  static Stream<WireCase> fragmented() {
    var sizes = new int[] {64, 256, 1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, MIB, 4 * MIB};
    return forBoth(opcode ->
        IntStream.range(0, sizes.length)
            .mapToObj(at -> {
              var payload = payload(opcode, MIB);
              return WireCase.of("9." + (opcode + 2) + "." + (at + 1))
                  .sendsFragments(opcode, payload, sizes[at])
                  .expects(opcode, payload);
            }));
  }

  static Stream<WireCase> chopped() {
    var chops = new int[] {64, 128, 256, 512, 1024, 2048};
    return forBoth(opcode ->
        IntStream.range(0, chops.length)
            .mapToObj(at -> {
              var payload = payload(opcode, MIB);
              return WireCase.of("9." + (opcode + 4) + "." + (at + 1))
                  .sends(FIN | opcode, payload, chops[at])
                  .expects(opcode, payload);
            }));
  }

  static Stream<WireCase> fixedFragments() {
    var payload = payload(TEXT, 65_536);
    return Stream.of(
        WireCase.of("10.1.1").sendsFragments(TEXT, payload, 1_300).expects(TEXT, payload));
  }

  @ParameterizedTest
  @MethodSource({"large", "fragmented", "chopped", "fixedFragments"})
  void message_upToTheLargest_isEchoed(WireCase each) throws Exception {
    each.run(SERVER.port());
  }

  /* Groups 9.7 and 9.8. */
  static Stream<WireEcho> roundTrips() {
    return Stream.of(TEXT, BINARY)
        .flatMap(opcode ->
            Stream.of(0, 16, 64, 256, 1_024, 4_096).map(size -> new WireEcho(opcode, size)));
  }

  /** A message that is sent a thousand times, each time after the answer to the last. */
  record WireEcho(int opcode, int size) {}

  @ParameterizedTest
  @MethodSource("roundTrips")
  void message_aThousandTimes_isEchoed(WireEcho echo) throws Exception {
    try (var wire = new Wire(SERVER.port())) {
      var payload = payload(echo.opcode(), echo.size());
      var frame = Wire.frame(FIN | echo.opcode(), payload);
      for (var count = 0; count < 1_000; count++) {
        wire.send(frame, 0);
        var back = wire.read();
        assertThat(back).isNotNull();
        assertThat(back.head()).isEqualTo(FIN | echo.opcode());
        assertThat(back.payload()).isEqualTo(payload);
      }
    }
  }
}
