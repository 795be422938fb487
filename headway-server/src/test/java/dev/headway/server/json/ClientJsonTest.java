package dev.headway.server.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;

/** JSON from clients, once it is through the door. */
final class ClientJsonTest {
  private static String admitted(String json) {
    return JsonCodec.parse(json.getBytes(UTF_8)).toString();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "{\"a\":\"half \\ud83d\"}, {\"a\":\"half \uFFFD\"}",
        "[\"caf\\udce9.txt\"], [\"caf\uFFFD.txt\"]",
        "\"\\udc00\\ud800\", \"\uFFFD\uFFFD\"",
        "{\"a\":{\"b\":[\"\\ud83d\"]}}, {\"a\":{\"b\":[\"\uFFFD\"]}}"
      })
  void admit_halfASurrogatePair_becomesAReplacementCharacter(String sent, String kept) {
    assertThat(admitted(sent)).isEqualTo(kept);
  }

  /* JSON's parser refuses such a name; CBOR's does not. */
  @Test
  void admit_halfASurrogatePairInAName_becomesAReplacementCharacter() {
    var sent = JsonNodeFactory.instance.objectNode().put("\uD83D", 1);
    assertThat(ClientJson.admit(sent).toString()).isEqualTo("{\"\uFFFD\":1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":\"\uD83D\uDE00\",\"b\":9223372036854775808,\"c\":[1.5,null,true]}",
        "\"\u202Eabc\""
      })
  void admit_wellFormedValues_areKeptAsTheyAre(String sent) {
    assertThat(admitted(sent)).isEqualTo(sent);
  }

  @Test
  void admit_numbersThatAreNotFinite_areAllNamed() {
    assertThatThrownBy(() -> admitted("{\"payload\":{\"a\":1e400,\"b\":[2,-1e999]}}"))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.VALIDATION_ERROR);
              assertThat(refusal.defects())
                  .extracting(Defect::field)
                  .containsExactly("payload.a", "payload.b[1]");
            });
  }

  @ParameterizedTest
  @ValueSource(strings = {"NaN", "{\"a\":Infinity}", "[-Infinity]"})
  void parse_numbersThatJsonDoesNotHave_areRefused(String sent) {
    assertThatThrownBy(() -> admitted(sent))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.INVALID_INPUT));
  }
}
