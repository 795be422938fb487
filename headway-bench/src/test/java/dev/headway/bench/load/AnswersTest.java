package dev.headway.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers read from the bytes of a server, however they are cut. */
final class AnswersTest {
  private static final String TAKEN = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";
  private static final String REFUSED = "HTTP/1.1 409 Conflict\r\ncontent-length: 4\r\n\r\nlost";

  private final List<@Nullable String> heard = new ArrayList<>();
  private final Answers answers = new Answers(heard::add);

  private void read(String bytes) {
    answers.read(Unpooled.copiedBuffer(bytes, StandardCharsets.ISO_8859_1));
  }

  @Test
  void read_severalAtOnce_tellsOfEach() {
    read(TAKEN + REFUSED + TAKEN);
    assertThat(heard).containsExactly(null, REFUSED, null);
  }

  @Test
  void read_byteByByte_tellsOfAnAnswerWhenItIsWhole() {
    TAKEN.chars().limit(TAKEN.length() - 1).forEach(one -> read(String.valueOf((char) one)));
    assertThat(heard).isEmpty();
    read("}");
    assertThat(heard).hasSize(1).containsOnlyNulls();
  }

  @Test
  void read_answerWithoutABody_isWhole() {
    read("HTTP/1.1 204 No Content\r\n\r\n");
    assertThat(heard).hasSize(1).containsOnlyNulls();
  }
}
