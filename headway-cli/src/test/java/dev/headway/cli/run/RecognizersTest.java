package dev.headway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.client.work.Report;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RecognizersTest {
  private static Sign read(String line) {
    return Recognizers.read(new Segment(line, false)).orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({
    "::progress 40 Loading, 40, Loading",
    "::progress 40% Loading, 40, Loading",
    "::progress 3/4 lots placed, 75, lots placed",
    "::progress 12.5, 12.5, ''",
    "Downloading model 45%, 45, Downloading model",
    "[=====>     ] 45%, 45, ''",
    "copied (7.5 %), 7.5, copied",
    "build: 99 %, 99, build"
  })
  void read_percentAtTheEnd_isTheProgress(String line, double percent, String message) {
    assertThat(read(line)).isEqualTo(new Sign.Percent(percent, message));
  }

  @Test
  void read_stepDirective_isAStep() {
    assertThat(read("::step 2/5 Packing")).isEqualTo(new Sign.Step(2, 5, "Packing"));
    assertThat(read("::step 5/5")).isEqualTo(new Sign.Step(5, 5, ""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ordinary output",
        "::progress 140 too much",
        "::progress lots",
        "::progress 5/0",
        "::step 6/5 beyond",
        "::step 0/5 before",
        "::step 99999999999/99999999999 huge",
        "usage is 250%",
        "disk 45% full",
        "ref B L1: 96.0%  4.0%",
        "100 years of 3 cats",
        "see http://host/a%20b%",
        "version 1.2.3.45",
      })
  void read_ordinaryLine_saysNothing(String line) {
    assertThat(Recognizers.read(new Segment(line, false))).isEmpty();
  }

  @Test
  void read_percentWithinAnOverwrittenLine_isTheProgress() {
    var line = "Receiving objects:  45% (136/302), 1.2 MiB | 2.00 MiB/s";
    assertThat(Recognizers.read(new Segment(line, true))).contains(new Sign.Percent(45, ""));
    assertThat(Recognizers.read(new Segment(line, false))).isEmpty();
  }

  @Test
  void directive_isRecognizedAsNoPartOfTheLog() {
    assertThat(Recognizers.directive("::progress 40 Loading")).isTrue();
    assertThat(Recognizers.directive("::step 1/2")).isTrue();
    assertThat(Recognizers.directive("Loading 40%")).isFalse();
  }

  @Test
  void track_stepsWithWeights_sharesTheBar() {
    var tracker = new ProgressTracker(List.of(1.0, 3.0));
    assertThat(tracker.take(new Sign.Step(1, 2, "a"))).map(Report::progress).contains(0.0);
    assertThat(tracker.take(new Sign.Percent(50, ""))).map(Report::progress).contains(12.5);
    assertThat(tracker.take(new Sign.Step(2, 2, "b"))).map(Report::progress).contains(25.0);
    assertThat(tracker.take(new Sign.Percent(50, ""))).map(Report::progress).contains(62.5);
  }

  @Test
  void track_nextFileBeginsAtZero_neverFalls() {
    var tracker = new ProgressTracker(List.of());
    assertThat(tracker.take(new Sign.Percent(80, ""))).map(Report::progress).contains(80.0);
    assertThat(tracker.take(new Sign.Percent(10, ""))).isEmpty();
    assertThat(tracker.take(new Sign.Percent(10, "b.bin"))).map(Report::progress).contains(80.0);
  }

  @Test
  void track_positionWithoutLength_saysNothing() {
    assertThat(new ProgressTracker(List.of()).take(new Sign.Position(3))).isEmpty();
  }
}
