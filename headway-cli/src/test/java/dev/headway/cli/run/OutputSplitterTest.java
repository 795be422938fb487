package dev.headway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputSplitterTest {
  private final List<Segment> segments = new ArrayList<>();
  private final OutputSplitter splitter = new OutputSplitter(segments::add);

  private void take(String text, int pieces) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    for (var from = 0; from < bytes.length; from += pieces) {
      var to = Math.min(bytes.length, from + pieces);
      splitter.take(Arrays.copyOfRange(bytes, from, to), to - from);
    }
    splitter.end();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 1_000})
  void take_anyPieces_yieldsTheSameSegments(int pieces) {
    take("größe\r\nblank\n\n 10%\r 20%\r\u001b[32mgreen\u001b[0m\nend", pieces);
    assertThat(segments)
        .containsExactly(
            new Segment("größe", false),
            new Segment("blank", false),
            new Segment("", false),
            new Segment(" 10%", true),
            new Segment(" 20%", true),
            new Segment("green", false),
            new Segment("end", false));
  }

  @Test
  void take_endlessLine_isCut() {
    take("x".repeat(20_000), 1_000);
    assertThat(segments)
        .extracting(segment -> segment.text().length())
        .containsExactly(8192, 8192, 3616);
  }

  @Test
  void take_binary_doesNotThrow() {
    var bytes = new byte[256];
    for (var i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) i;
    }
    splitter.take(bytes, bytes.length);
    splitter.end();
    assertThat(segments).hasSize(3);
  }
}
