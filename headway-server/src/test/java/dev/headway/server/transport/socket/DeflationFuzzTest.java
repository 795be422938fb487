package dev.headway.server.transport.socket;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.testkit.fuzz.Fuzzing;
import java.util.List;
import java.util.zip.DataFormatException;
import org.junit.jupiter.api.Test;

/**
 * Fuzzing of compressed messages and of offers to compress: nothing grows beyond the limit, and
 * what was read is read again after it was compressed.
 */
public final class DeflationFuzzTest {
  private static final int MOST = 10_240;
  private static final Deflation DEFLATION = new Deflation(1);

  /** Takes one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    var answer = DeflateOffer.answer(List.of(new String(input, ISO_8859_1)));
    assertThat(answer == null || answer.startsWith("permessage-deflate; ")).isTrue();
    try {
      var message = Deflation.inflate(input, MOST);
      if (message != null) {
        assertThat(message.length).isLessThanOrEqualTo(MOST);
        var again = DEFLATION.deflate(message);
        assertThat(again == null ? message : Deflation.inflate(again, MOST)).isEqualTo(message);
      }
    } catch (DataFormatException refused) {
      assertThat(refused).isNotNull();
    }
  }

  @Test
  void message_ofAnyBytes_isInflatedWithinTheLimitOrRefused() {
    Fuzzing.run(DeflationFuzzTest.class, DeflationFuzzTest::fuzzerTestOneInput);
  }
}
