package dev.headway.core.topic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
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
      var life = Long.toString(random.nextLong() >>> 12, 36);
      var place = new Position(count(random), count(random), count(random));
      assertThat(parsed(new Cursor(life, place))).contains(new Cursor(life, place));
      assertThat(parsed(new Cursor(life, count(random)))).isPresent();
    }
  }

  /* Small, large, and often 0. */
  private static long count(Random random) {
    return random.nextInt(3) == 0 ? 0 : random.nextLong() >>> (20 + random.nextInt(40));
  }

  private static Optional<Cursor> parsed(Cursor cursor) {
    assertThat(cursor.toString()).hasSizeLessThanOrEqualTo(64);
    return Cursor.parse(cursor.toString());
  }

  @Test
  void cursor_countsAtTheEndThatAreZero_areLeftOut() {
    assertThat(new Cursor("k3f9a2", new Position(12, 340, 7))).hasToString("k3f9a2-12.340.7");
    assertThat(new Cursor("k3f9a2", new Position(12, 340, 0))).hasToString("k3f9a2-12.340");
    assertThat(new Cursor("k3f9a2", new Position(12, 0, 7))).hasToString("k3f9a2-12.0.7");
    assertThat(new Cursor("k3f9a2", new Position(12, 0, 0))).hasToString("k3f9a2-12");
    assertThat(new Cursor("k3f9a2", 0)).hasToString("k3f9a2-0");
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
        "abc-1.",
        "abc-1.5.0",
        "abc-1.0",
        "abc-1.2.3.4",
        "abc-1.-2",
        "abc-01",
        "abc-+1",
        "abc-1.\u0661",
        "a_c-1",
        "a-b-1",
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
      Cursor.parse(text).ifPresent(cursor -> assertThat(cursor).hasToString(text));
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
