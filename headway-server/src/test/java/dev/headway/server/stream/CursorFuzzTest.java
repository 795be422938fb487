package dev.headway.server.stream;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.core.topic.Cursor;
import dev.headway.core.topic.TopicName;
import dev.headway.testkit.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/** Fuzzing of cursors and names of topics: what is read is written as the same. */
public final class CursorFuzzTest {
  /** Takes one input. */
  public static void fuzzerTestOneInput(byte[] input) {
    var text = new String(input, UTF_8);
    Cursor.parse(text)
        .ifPresent(cursor -> assertThat(Cursor.parse(cursor.toString())).contains(cursor));
    TopicName.parse(text)
        .ifPresent(name -> assertThat(TopicName.parse(name.toString())).contains(name));
  }

  @Test
  void cursor_ofAnyText_isReadOrNot() {
    Fuzzing.run(CursorFuzzTest.class, CursorFuzzTest::fuzzerTestOneInput);
  }
}
