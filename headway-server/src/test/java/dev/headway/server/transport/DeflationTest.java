package dev.headway.server.transport;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.topic.Frame;
import java.util.HexFormat;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed messages, with the examples of RFC 7692, section 7.2.3. */
final class DeflationTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final Deflation deflation = new Deflation(1);

  private static String inflated(String hex) throws DataFormatException {
    var message = Deflation.inflate(HEX.parseHex(hex), 100);
    return new String(message == null ? "more".getBytes(UTF_8) : message, UTF_8);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "f2 48 cd c9 c9 07 00", // one block
        "f3 48 cd c9 c9 07 00 00", // with BFINAL
        "00 05 00 fa ff 48 65 6c 6c 6f 00", // not compressed
        "f2 48 05 00 00 00 ff ff ca c9 c9 07 00", // two blocks
      })
  void inflate_ofTheExamplesInTheRfc_saysHello(String hex) throws Exception {
    assertThat(inflated(hex)).isEqualTo("Hello");
  }

  @Test
  void deflate_ofHelloRepeated_leavesTheTailOut() {
    var compressed = deflation.deflate(Frame.text("Hello".repeat(20)));

    assertThat(compressed.isCompressed()).isTrue();
    assertThat(HEX.formatHex(compressed.bytes())).startsWith("f2 48 cd c9 c9").endsWith("00");
    assertThat(HEX.formatHex(compressed.bytes())).doesNotEndWith("00 00 ff ff");
  }

  @Test
  void deflate_twice_isTheSameBytes() {
    var frame = Frame.text("{\"rows\":[%s]}".formatted("1,2,3,".repeat(300)));
    var other = new Deflation(500);

    assertThat(deflation.deflate(frame).bytes()).isEqualTo(deflation.deflate(frame).bytes());
    assertThat(other.deflate(frame).bytes()).isEqualTo(deflation.deflate(frame).bytes());
  }

  @Test
  void deflate_ofAnything_isReadAsItWas() throws Exception {
    var random = new Random(5);
    for (var length = 0; length < 3_000; length += 7) {
      var bytes = new byte[length];
      for (var at = 0; at < length; at++) {
        bytes[at] = (byte) ('a' + random.nextInt(4));
      }
      var compressed = deflation.deflate(Frame.binary(bytes));
      assertThat(compressed.isBinary()).isTrue();
      assertThat(compressed.isCompressed() ? Deflation.inflate(compressed.bytes(), length) : bytes)
          .isEqualTo(bytes);
    }
  }

  @Test
  void deflate_ofASmallFrame_isThatFrame() {
    var frame = Frame.text("x".repeat(99));

    assertThat(new Deflation(100).deflate(frame)).isSameAs(frame);
  }

  @Test
  void deflate_ofWhatDoesNotShrink_isThatFrame() {
    var noise = new byte[1_000];
    new Random(1).nextBytes(noise);
    var frame = Frame.binary(noise);

    assertThat(deflation.deflate(frame)).isSameAs(frame);
  }

  @Test
  void inflate_toExactlyTheMost_isWhole() throws Exception {
    var compressed = deflation.deflate(Frame.text("y".repeat(10_000))).bytes();

    assertThat(Deflation.inflate(compressed, 10_000)).hasSize(10_000);
    assertThat(Deflation.inflate(compressed, 9_999)).isNull();
  }

  @Test
  void inflate_ofNothing_isEmpty() throws Exception {
    assertThat(inflated("00")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff 01 02", "f3 48 cd c9 c9 07 00 00 f2 48 cd c9 c9 07 00"})
  void inflate_ofWhatIsNoMessage_isRefused(String hex) {
    assertThatThrownBy(() -> inflated(hex)).isInstanceOf(DataFormatException.class);
  }
}
