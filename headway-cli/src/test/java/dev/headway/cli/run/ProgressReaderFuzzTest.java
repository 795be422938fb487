package dev.headway.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.cli.run.ProgressSignal.Percent;
import dev.headway.testkit.fuzz.Fuzzing;
import org.junit.jupiter.api.Test;

/**
 * Fuzzing of what {@code headway run} recognises: whatever a command prints, a percentage is one.
 */
public final class ProgressReaderFuzzTest {
  /** Takes one input; its first byte says whether the line was overwritten. */
  public static void fuzzerTestOneInput(byte[] input) {
    var segment = new Segment(new String(input, UTF_8), input.length > 0 && (input[0] & 1) == 0);
    var signal = ProgressReader.read(segment);
    signal.ifPresent(ProgressReaderFuzzTest::check);
    ProgressReader.readError(segment).ifPresent(ProgressReaderFuzzTest::check);
    assertThat(new LogFilter(true).takes(segment, signal)).isIn(true, false);
  }

  private static void check(ProgressSignal signal) {
    if (signal instanceof Percent percent) {
      assertThat(percent.percent()).isBetween(0.0, 100.0);
    }
  }

  @Test
  void line_ofAnyText_isProgressOrNot() {
    Fuzzing.run(ProgressReaderFuzzTest.class, ProgressReaderFuzzTest::fuzzerTestOneInput);
  }
}
