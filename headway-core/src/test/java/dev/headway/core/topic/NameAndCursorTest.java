package dev.headway.core.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Topics and cursors from clients: any text at all. */
class NameAndCursorTest {
  private static final String ALPHABET = "aZ09:-+_ .\u0000\u0660😀\uD800é\n";

  @Test
  void cursor_printedAndParsed_isTheSame() {
    var random = new Random(5);
    for (var round = 0; round < 1_000; round++) {
      var epoch = Long.toString(random.nextLong() >>> 12, 36);
      var cursor = new Cursor(epoch, random.nextLong() & Long.MAX_VALUE);
      assertThat(Cursor.parse(cursor.toString())).contains(cursor);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "abc",
        "abc-",
        "-5",
        "abc-x",
        "abc-1.5",
        "abc-9223372036854775808",
        "abc-99999999999999999999999",
        "null",
      })
  void parse_noCursor_isEmpty(String text) {
    assertThat(Cursor.parse(text)).isEmpty();
  }

  @Test
  void parse_overlongCursor_isEmpty() {
    assertThat(Cursor.parse("e".repeat(100_000) + "-1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":", "job", "job:", ":1", "Job:1", "job:1:2", "job:a b", "job:é", "job:1\n"})
  void parse_noTopic_isEmpty(String text) {
    assertThat(TopicName.parse(text)).isEmpty();
  }

  @Test
  void parse_topicsOfEveryKind_areRead() {
    var id = UUID.randomUUID();

    assertThat(TopicName.parse("job:" + id)).contains(TopicName.ofJob(id));
    assertThat(TopicName.parse("user:me")).contains(TopicName.ofUser("me"));
    assertThat(TopicName.parse("schedule:12")).contains(new TopicName("schedule", "12"));
    assertThat(TopicName.parse("job:" + "x".repeat(65))).isEmpty();
    assertThat(TopicName.parse("k".repeat(33) + ":1")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void parse_anyText_neverThrowsAndReadsOnlyWhatItWouldWrite(long seed) {
    var random = new Random(seed);
    for (var round = 0; round < 20_000; round++) {
      var text = text(random);
      TopicName.parse(text).ifPresent(name -> assertThat(name).hasToString(text));
      Cursor.parse(text).ifPresent(cursor -> assertThat(cursor.offset()).isNotNegative());
    }
  }

  private static String text(Random random) {
    var text = new StringBuilder();
    for (var length = random.nextInt(12); length > 0; length--) {
      text.append(
          random.nextInt(10) == 0
              ? (char) random.nextInt(0x10000)
              : ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }
}
