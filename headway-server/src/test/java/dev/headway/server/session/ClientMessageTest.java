package dev.headway.server.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.server.json.JsonCodec;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ClientMessageTest {
  private record Watch(@Nullable List<Asked> topics, @Nullable Boolean logs, @Nullable Long many) {}

  private record Asked(@Nullable String topic, @Nullable Boolean logs) {
    @JsonCreator(mode = JsonCreator.Mode.PROPERTIES)
    private Asked {}

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Asked of(String topic) {
      return new Asked(topic, null);
    }
  }

  private static ClientMessage message(String json) {
    var value = JsonCodec.mapper().readTree(json.replace('~', '"'));
    return Objects.requireNonNull(ClientMessage.of(value, "op", "id"));
  }

  @Test
  void of_noObject_isNone() {
    assertThat(ClientMessage.of(JsonCodec.mapper().readTree("[1]"), "op")).isNull();
  }

  @Test
  void as_everything_isBoundWithoutTheEnvelope() {
    var message =
        message("{~op~:~watch~,~id~:{~a~:[1]},~topics~:[~job:1~,{~topic~:~job:2~,~logs~:true}]}");
    assertThat(message.kind()).isEqualTo("watch");
    assertThat(message.id()).hasToString("{\"a\":[1]}");
    assertThat(message.as(Watch.class))
        .isEqualTo(
            new Watch(List.of(new Asked("job:1", null), new Asked("job:2", true)), null, null));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{~op~:~watch~,~topcs~:[],~id~:1}        | Unknown field 'topcs'. Did you mean 'topics'?",
        "{~op~:~watch~,~topics~:[{~topic~:~a~,~op~:1}]} | Unknown field 'topics[0].op'. Known",
        "{~op~:~watch~,~topics~:~job:1~}         | topics (\"job:1\") must be a list",
        "{~op~:~watch~,~topics~:[{~topic~:7}]}   | topics[0].topic (7) must be a text",
        "{~op~:~watch~,~topics~:[~a~,5]}         | topics[1] (5) must be",
        "{~op~:~watch~,~logs~:~yes~}             | logs (\"yes\") must be true or false",
        "{~op~:~watch~,~logs~:1}                 | logs (1) must be true or false",
        "{~op~:~watch~,~many~:~3~}               | many (\"3\") must be a whole number",
        "{~op~:~watch~,~many~:1e300}             | many (1.0E300) must be a whole number",
        "{~op~:~watch~,~mny~:3,~lgs~:0}          | Did you mean 'many'?; Unknown field 'lgs'. Did you mean 'logs'?"
      })
  void as_whatTheKindDoesNotHave_isRefusedByName(String json, String text) {
    assertThatThrownBy(() -> message(json).as(Watch.class))
        .isInstanceOfSatisfying(
            HeadwayException.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(ErrorCode.INVALID_INPUT);
              assertThat(refused.safeMessage()).contains(text);
            });
  }
}
