package dev.headway.server.conformance;

import static dev.headway.server.conformance.Wire.CONTINUATION;
import static dev.headway.server.conformance.Wire.FIN;
import static dev.headway.server.conformance.Wire.TEXT;
import static dev.headway.server.conformance.Wire.utf8;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Group 6 (UTF-8): all cases. In 6.4.1 to 6.4.4 the suite calls it strict to fail a message at the
 * fragment, or the piece of a frame, in which it becomes invalid. Here a message is judged when it
 * is complete, which the suite passes as not strict: a message has 10 KiB at most by default, so
 * nothing is saved by an earlier end, and valid texts would be decoded twice.
 */
final class Utf8CasesTest {
  private static final String KOSME = "cebae1bdb9cf83cebcceb5";
  private static final String EDITED = "656469746564";

  @RegisterExtension static final EchoServer SERVER = new EchoServer();

  static Stream<WireCase> fragments() {
    var middle = utf8("middle frame payload");
    var text = utf8("Hello-µ@ßöäüàá-UTF-8!!");
    var head = utf8("Hello-µ@ßöä");
    var surrogate = hex(KOSME + "eda080" + EDITED);
    return Stream.of(
        WireCase.of("6.1.1").sends(FIN | TEXT, new byte[0]).expectsText(""),
        three("6.1.2", new byte[0]),
        three("6.1.3", middle),
        WireCase.of("6.2.1").sends(FIN | TEXT, text).expects(TEXT, text),
        WireCase.of("6.2.2")
            .sends(TEXT, head)
            .sends(FIN | CONTINUATION, Arrays.copyOfRange(text, head.length, text.length))
            .expects(TEXT, text),
        WireCase.of("6.2.3").sendsFragments(TEXT, text, 1).expects(TEXT, text),
        WireCase.of("6.2.4").sendsFragments(TEXT, hex(KOSME), 1).expects(TEXT, hex(KOSME)),
        WireCase.of("6.3.1").sends(FIN | TEXT, surrogate).fails(1007),
        WireCase.of("6.3.2").sendsFragments(TEXT, surrogate, 1).fails(1007));
  }

  private static WireCase three(String id, byte[] middle) {
    return WireCase.of(id)
        .sends(TEXT, new byte[0])
        .sends(CONTINUATION, middle)
        .sends(FIN | CONTINUATION, new byte[0])
        .expects(TEXT, middle);
  }

  static Stream<WireCase> inPieces() {
    var whole = hex(KOSME + "f4908080" + EDITED);
    return Stream.of(
        fragmented("6.4.1", whole, 11, 15),
        fragmented("6.4.2", whole, 12, 13),
        chopped("6.4.3", whole, 11, 15),
        chopped("6.4.4", whole, 12, 13));
  }

  private static WireCase fragmented(String id, byte[] whole, int first, int second) {
    return WireCase.of(id)
        .sends(TEXT, Arrays.copyOf(whole, first))
        .sends(CONTINUATION, Arrays.copyOfRange(whole, first, second))
        .sends(FIN | CONTINUATION, Arrays.copyOfRange(whole, second, whole.length))
        .fails(1007);
  }

  private static WireCase chopped(String id, byte[] whole, int first, int second) {
    var frame = Wire.frame(FIN | TEXT, whole);
    var head = frame.length - whole.length;
    return WireCase.of(id)
        .sendsBytes(Arrays.copyOf(frame, head + first), 0)
        .sendsBytes(Arrays.copyOfRange(frame, head + first, head + second), 0)
        .sendsBytes(Arrays.copyOfRange(frame, head + second, frame.length), 0)
        .fails(1007);
  }

  /** Groups 6.5 to 6.23: sequences of Markus Kuhn's UTF-8 decoder test, valid (+) or not (-). */
  static Stream<WireCase> sequences() {
    var groups =
        List.of(
            "+68656c6c6f24776f726c64 +68656c6c6fc2a2776f726c64 +68656c6c6fe282ac776f726c64"
                + " +68656c6c6ff0a4ada2776f726c64 +"
                + KOSME,
            prefixes(),
            "+00 +c280 +e0a080 +f0908080",
            "-f888808080 -fc8480808080",
            "+7f +dfbf +efbfbf +f48fbfbf",
            "-f7bfbfbf -fbbfbfbfbf -fdbfbfbfbfbf",
            "+ed9fbf +ee8080 +efbfbd +f48fbfbf -f4908080",
            "-80 -bf -80bf -80bf80 -80bf80bf -80bf80bf80 -80bf80bf80bf -" + range(0x80, 0xBF, ""),
            lonelyStarts(),
            "-c0 -e080 -f08080 -f8808080 -fc80808080 -df -efbf -f7bfbf -fbbfbfbf -fdbfbfbfbf",
            "-c0e080f08080f8808080fc80808080dfefbff7bfbffbbfbfbffdbfbfbfbf",
            "-fe -ff -fefeffff",
            "-c0af -e080af -f08080af -f8808080af -fc80808080af",
            "-c1bf -e09fbf -f08fbfbf -f887bfbfbf -fc83bfbfbfbf",
            "-c080 -e08080 -f0808080 -f880808080 -fc8080808080",
            "-eda080 -edadbf -edae80 -edafbf -edb080 -edbe80 -edbfbf",
            "-eda080edb080 -eda080edbfbf -edadbfedb080 -edadbfedbfbf -edae80edb080"
                + " -edae80edbfbf -edafbfedb080 -edafbfedbfbf",
            "+efbfbe +efbfbf" + nonCharacters(),
            "+efbfb9 +efbfba +efbfbb +efbfbc +efbfbd +efbfbe +efbfbf");
    return IntStream.range(0, groups.size())
        .boxed()
        .flatMap(group -> sequences("6." + (group + 5), groups.get(group).split(" ")));
  }

  private static Stream<WireCase> sequences(String group, String... sequences) {
    return IntStream.range(0, sequences.length)
        .mapToObj(at -> {
          var payload = hex(sequences[at].substring(1));
          var each = WireCase.of(group + "." + (at + 1)).sends(FIN | TEXT, payload);
          return sequences[at].startsWith("+") ? each.expects(TEXT, payload) : each.fails(1007);
        });
  }

  /* The text is valid where a character ends: after 2, 5, 7, 9 and 11 bytes. */
  private static String prefixes() {
    var ends = List.of(2, 5, 7, 9, 11);
    var all = new ArrayList<String>();
    for (var length = 1; length <= 11; length++) {
      all.add((ends.contains(length) ? "+" : "-") + KOSME.substring(0, 2 * length));
    }
    return String.join(" ", all);
  }

  private static String lonelyStarts() {
    return "-"
        + range(0xC0, 0xDF, "20")
        + " -"
        + range(0xE0, 0xEF, "20")
        + " -"
        + range(0xF0, 0xF7, "20")
        + " -"
        + range(0xF8, 0xFB, "20")
        + " -"
        + range(0xFC, 0xFD, "20");
  }

  private static String range(int from, int to, String after) {
    var all = new StringBuilder();
    for (var each = from; each < to; each++) {
      all.append("%02x".formatted(each)).append(after);
    }
    return all.toString();
  }

  private static String nonCharacters() {
    var all = new StringBuilder();
    for (var plane = 1; plane <= 16; plane++) {
      for (var last : new int[] {0xFFFE, 0xFFFF}) {
        var text = Character.toString(plane << 16 | last);
        all.append(" +").append(HexFormat.of().formatHex(utf8(text)));
      }
    }
    return all.toString();
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  @ParameterizedTest
  @MethodSource("fragments")
  void text_inFragments_isEchoedOrFails(WireCase each) throws Exception {
    each.run(SERVER.port());
  }

  @ParameterizedTest
  @MethodSource("inPieces")
  void text_thatBecomesInvalidOnTheWay_fails(WireCase each) throws Exception {
    each.run(SERVER.port());
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void text_ofEachSequence_isEchoedOnlyWhereValid(WireCase each) throws Exception {
    each.run(SERVER.port());
  }
}
