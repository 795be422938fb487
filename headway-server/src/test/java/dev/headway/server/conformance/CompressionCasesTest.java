package dev.headway.server.conformance;

import static dev.headway.server.conformance.Wire.BINARY;
import static dev.headway.server.conformance.Wire.COMPRESSED;
import static dev.headway.server.conformance.Wire.CONTINUATION;
import static dev.headway.server.conformance.Wire.FIN;
import static dev.headway.server.conformance.Wire.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.server.conformance.Wire.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterOutputStream;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Groups 12 (permessage-deflate, five kinds of data) and 13 (its parameters): all cases. The suite
 * sends 1,000 messages a case; a build sends {@value #FEW}, {@code -Dheadway.cases.messages=1000}
 * as many as the suite. The data are of the suite's kinds, not its files. Offers that ask the
 * server for a window of 9 bits (13.3, 13.5) are declined, because Java's deflater has the full
 * window alone: the connection goes on uncompressed, which the suite calls unimplemented.
 */
final class CompressionCasesTest {
  private static final int FEW = 10;
  private static final int MESSAGES = Integer.getInteger("headway.cases.messages", FEW);
  private static final byte[] TAIL = {0, 0, (byte) 0xFF, (byte) 0xFF};
  private static final int DATA = 200_000;
  private static final String PLAIN = "client_no_context_takeover; client_max_window_bits";

  @RegisterExtension static final EchoServer SERVER = new EchoServer();

  /** A case: messages of a size, cut from data, perhaps in fragments of a size. */
  record DeflateCase(String id, String offer, Data data, Shape shape) {
    @Override
    public String toString() {
      return id;
    }
  }

  /** A kind of data. */
  static final class Data {
    static final Data JSON = new Data(TEXT, json());

    /** All kinds, in the suite's order. */
    static final List<Data> KINDS =
        List.of(
            JSON,
            new Data(BINARY, bitmap()),
            new Data(BINARY, prose()),
            new Data(TEXT, html()),
            new Data(BINARY, noise()));

    private final int opcode;
    private final byte[] bytes;

    Data(int opcode, byte[] bytes) {
      this.opcode = opcode;
      this.bytes = bytes;
    }

    byte[] cut(int from, int size) {
      var part = new byte[size];
      for (var at = 0; at < size; at++) {
        part[at] = bytes[(from + at) % bytes.length];
      }
      return part;
    }
  }

  /** The size of a message, and of its fragments; 0 for one frame. */
  record Shape(int size, int fragment) {}

  private static List<Shape> shapes() {
    var shapes = new ArrayList<Shape>();
    for (var size = 16; size <= 4_096; size *= 4) {
      shapes.add(new Shape(size, 0));
    }
    for (var size = 8_192; size <= 131_072; size *= 2) {
      shapes.add(new Shape(size, 0));
    }
    for (var size = 8_192; size <= 131_072; size *= 2) {
      shapes.add(new Shape(size, 256));
    }
    for (var fragment : new int[] {1_024, 4_096, 32_768}) {
      shapes.add(new Shape(131_072, fragment));
    }
    return shapes;
  }

  static Stream<DeflateCase> kindsOfData() {
    return IntStream.range(0, Data.KINDS.size())
        .boxed()
        .flatMap(at -> cases("12." + (at + 1), offer(PLAIN), Data.KINDS.get(at)));
  }

  static Stream<DeflateCase> parameters() {
    var full = "server_max_window_bits=15; ";
    var offers =
        List.of(
            offer(PLAIN),
            offer("server_no_context_takeover; " + PLAIN),
            offer(full + PLAIN),
            offer("server_no_context_takeover; " + full + PLAIN),
            offer("server_no_context_takeover; server_max_window_bits=9; " + PLAIN)
                + ", "
                + offer("server_no_context_takeover; " + PLAIN)
                + ", "
                + offer(PLAIN));
    var numbers = List.of(1, 2, 4, 6, 7);
    return IntStream.range(0, offers.size())
        .boxed()
        .flatMap(at -> cases("13." + numbers.get(at), offers.get(at), Data.JSON));
  }

  private static String offer(String parameters) {
    return "permessage-deflate; " + parameters;
  }

  private static Stream<DeflateCase> cases(String group, String offer, Data data) {
    var shapes = shapes();
    return IntStream.range(0, shapes.size())
        .mapToObj(at -> new DeflateCase(group + "." + (at + 1), offer, data, shapes.get(at)));
  }

  private static byte[] json() {
    var text = new StringBuilder();
    for (var row = 0; text.length() < DATA; row++) {
      text.append(
          "{\"id\":%d,\"name\":\"lot %1$d\",\"done\":%b},".formatted(row * 7_919, row % 3 == 0));
    }
    return Wire.utf8(text.toString());
  }

  private static byte[] html() {
    var text = new StringBuilder();
    for (var row = 0; text.length() < DATA; row++) {
      text.append("<tr class=\"row\"><td>%d</td><td>%x</td></tr>\n".formatted(row, row * 31L));
    }
    return Wire.utf8(text.toString());
  }

  private static byte[] prose() {
    var words =
        List.of("Habe", "nun", "ach", "Philosophie", "Juristerei", "und", "Medizin", "durchaus");
    var random = new Random(4);
    var text = new StringBuilder();
    while (text.length() < DATA) {
      text.append(words.get(random.nextInt(words.size()))).append(' ');
    }
    return Wire.utf8(text.toString());
  }

  private static byte[] bitmap() {
    var pixels = new byte[DATA];
    for (var at = 0; at < DATA; at++) {
      pixels[at] = (byte) ((at % 512 + at / 512) / 3);
    }
    return pixels;
  }

  private static byte[] noise() {
    var bytes = new byte[DATA];
    new Random(5).nextBytes(bytes);
    return bytes;
  }

  @ParameterizedTest
  @MethodSource({"kindsOfData", "parameters"})
  void message_compressed_isEchoed(DeflateCase each) throws Exception {
    try (var wire = new Wire(SERVER.port(), "Sec-WebSocket-Extensions: " + each.offer())) {
      assertThat(wire.head().toLowerCase(Locale.ROOT)).contains("permessage-deflate");
      for (var count = 0; count < MESSAGES; count++) {
        var message = each.data().cut(count * each.shape().size(), each.shape().size());
        sendDeflated(wire, each, message);
        assertThat(received(wire, each.data().opcode)).as(each.id()).isEqualTo(message);
      }
    }
  }

  private static void sendDeflated(Wire wire, DeflateCase each, byte[] message) throws IOException {
    var deflated = deflated(message);
    var size = each.shape().fragment() == 0 ? deflated.length : each.shape().fragment();
    for (var at = 0; at < deflated.length; at += size) {
      var part = Arrays.copyOfRange(deflated, at, Math.min(at + size, deflated.length));
      var first = at == 0 ? COMPRESSED | each.data().opcode : CONTINUATION;
      wire.send(Wire.frame(at + size >= deflated.length ? FIN | first : first, part), 0);
    }
  }

  private static byte[] deflated(byte[] message) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var deflater = new DeflaterOutputStream(out, new Deflater(6, true), 512, true)) {
      deflater.write(message);
      deflater.flush();
      return Arrays.copyOf(out.toByteArray(), out.size() - TAIL.length);
    }
  }

  private static byte[] received(Wire wire, int opcode) throws IOException {
    var frame = wire.read();
    assertThat(frame).isNotNull();
    assertThat(frame.opcode()).isEqualTo(opcode);
    return frame.compressed() ? inflated(frame) : frame.payload();
  }

  private static byte[] inflated(Received frame) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var inflater = new InflaterOutputStream(out, new Inflater(true))) {
      inflater.write(frame.payload());
      inflater.write(TAIL);
    }
    return out.toByteArray();
  }

  static Stream<String> declined() {
    var small = "server_max_window_bits=9; " + PLAIN;
    return Stream.of(offer(small), offer("server_no_context_takeover; " + small)); // 13.3, 13.5
  }

  @ParameterizedTest
  @MethodSource("declined")
  void offer_ofASmallWindow_isDeclinedAndMessagesAreEchoed(String offer) throws Exception {
    try (var wire = new Wire(SERVER.port(), "Sec-WebSocket-Extensions: " + offer)) {
      assertThat(wire.head().toLowerCase(Locale.ROOT)).doesNotContain("extensions");
      for (var shape : shapes()) {
        var message = Data.JSON.cut(0, shape.size());
        wire.send(Wire.frame(FIN | TEXT, message), 0);
        assertThat(received(wire, TEXT)).isEqualTo(message);
      }
    }
  }
}
