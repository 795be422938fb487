package dev.headway.server.transport.socket;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.topic.Frame;
import dev.headway.server.transport.fanout.Framing;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed messages, with the examples of RFC 7692, section 7.2.3. */
final class DeflationTest {
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ");

  private final Deflation deflation = new Deflation(1);

  private byte[] deflated(byte[] payload) {
    return Objects.requireNonNull(deflation.deflate(payload));
  }

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
    var compressed = deflated("Hello".repeat(20).getBytes(UTF_8));

    assertThat(HEX.formatHex(compressed)).startsWith("f2 48 cd c9 c9").endsWith("00");
    assertThat(HEX.formatHex(compressed)).doesNotEndWith("00 00 ff ff");
  }

  @Test
  void deflate_twice_isTheSameBytes() {
    var text = "{\"rows\":[%s]}".formatted("1,2,3,".repeat(300)).getBytes(UTF_8);
    var other = new Deflation(500);

    assertThat(deflation.deflate(text)).isEqualTo(deflation.deflate(text));
    assertThat(other.deflate(text)).isEqualTo(deflation.deflate(text));
  }

  @Test
  void deflate_ofAnything_isReadAsItWas() throws Exception {
    var random = new Random(5);
    for (var length = 0; length < 3_000; length += 7) {
      var bytes = new byte[length];
      for (var at = 0; at < length; at++) {
        bytes[at] = (byte) ('a' + random.nextInt(4));
      }
      var compressed = deflation.deflate(bytes);
      assertThat(compressed == null ? bytes : Deflation.inflate(compressed, length))
          .isEqualTo(bytes);
    }
  }

  @Test
  void deflate_ofASmallPayload_isNotDone() {
    var small = "x".repeat(99).getBytes(UTF_8);

    assertThat(new Deflation(100).deflate(small)).isNull();
  }

  @Test
  void deflate_ofNoise_isNotDone() {
    var noise = new byte[1_000];
    new Random(1).nextBytes(noise);

    assertThat(deflation.deflate(noise)).isNull();
  }

  @Test
  void inflate_toExactlyTheMost_isWhole() throws Exception {
    var compressed = deflated("y".repeat(10_000).getBytes(UTF_8));

    assertThat(Deflation.inflate(compressed, 10_000)).hasSize(10_000);
    assertThat(Deflation.inflate(compressed, 9_999)).isNull();
  }

  @Test
  void message_thatPays_isCompressedAndSaysSo() {
    var message = deflation.message(Frame.text("Hello".repeat(20))).bytes();

    assertThat(HEX.formatHex(message)).startsWith("c1 ").contains("f2 48 cd c9 c9");
    assertThat(message[1]).isEqualTo((byte) (message.length - 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 125, 126, 65_535, 65_536})
  void message_thatDoesNotPay_isFramedAsEver(int length) {
    var noise = new byte[length];
    new Random(2).nextBytes(noise);
    var framed = Unpooled.buffer();
    Framing.WEB_SOCKET.write(Frame.binary(noise), framed);

    assertThat(deflation.message(Frame.binary(noise)).bytes())
        .isEqualTo(ByteBufUtil.getBytes(framed));
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
