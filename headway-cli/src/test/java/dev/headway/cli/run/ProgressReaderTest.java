package dev.headway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.cli.run.ProgressSignal.Count;
import dev.headway.cli.run.ProgressSignal.NamedStep;
import dev.headway.cli.run.ProgressSignal.NumberedStep;
import dev.headway.cli.run.ProgressSignal.Percent;
import dev.headway.cli.run.ProgressSignal.Steps;
import dev.headway.cli.run.ProgressSignal.Trust;
import dev.headway.cli.run.ProgressSignal.Wrong;
import dev.headway.client.job.Step;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The progress in single lines. */
final class ProgressReaderTest {
  private static final double CPU_NANOS_PER_CHARACTER = 20_000;

  private static Optional<ProgressSignal> read(String line) {
    return ProgressReader.read(new Segment(line, false));
  }

  private static Optional<ProgressSignal> overwritten(String line) {
    return ProgressReader.read(new Segment(line, true));
  }

  @ParameterizedTest
  @CsvSource({
    "::progress 40 Loading, 40, Loading",
    "::progress 40% Loading, 40, Loading",
    "::progress 12.5, 12.5, ''"
  })
  void read_progressDirective_isThatPercent(String line, double percent, String message) {
    assertThat(read(line)).contains(new Percent(Trust.DIRECTIVE, "", percent, message));
  }

  @ParameterizedTest
  @CsvSource({
    "Downloading model 45%, 45, Downloading model, PROSE",
    "[=====>     ] 45%, 45, '', BAR",
    "copied (7.5 %), 7.5, copied, PROSE",
    "build: 99 %, 99, build, PROSE"
  })
  void read_percentAtTheEnd_isDoubtfulUnlessDrawn(
      String line, double percent, String message, Trust trust) {
    assertThat(read(line)).contains(new Percent(trust, message, percent, message));
  }

  @ParameterizedTest
  @CsvSource({
    "'[ 25%] Building C object a.c.o', WHOLE, build, 25, Building C object a.c.o",
    "'[3/12] CXX a.o', WHOLE, build, 25, CXX a.o",
    "'Receiving objects:  50% (151/302), 1.2 MiB | 2.00 MiB/s', WHOLE, git, 38, Receiving objects",
    "'remote: Counting objects: 100% (302/302)', WHOLE, git, 3, Counting objects",
    "'[download]  40.0% of   10.00MiB at    1.00MiB/s ETA 00:06', BAR, download, 40, ''",
    "'epoch:  25%|##5       | 1/4 [00:01<00:03,  1.00s/it]', BAR, epoch, 25, epoch",
    "'Epoch 2/4:  50%|##5       | 5/10 [00:01<00:03,  1.00s/it]', WHOLE, epoch, 37.5, Epoch 2/4",
    "'  45/60 [=====>.....] - ETA: 3s - loss: 0.3', BAR, batch, 75, ''",
    "'45/60 ━━━━━━━━━━━━━━━━━━━━ 3s 19ms/step - accuracy: 0.91 - loss: 0.3', BAR, batch, 75, ''",
    "'tests/test_a.py ....s.F.                 [ 20%]', WHOLE, tests, 20, ''",
    "'tests/test_a.py::test_b PASSED           [100%]', WHOLE, tests, 100, ''",
    "'  1,024 100%  1.00MB/s    0:00:00 (xfr#3, to-chk=1/4)', WHOLE, files, 75, ''"
  })
  void read_formsOfKnownTools_areTheirProgress(
      String line, Trust trust, String bar, double percent, String message) {
    assertThat(read(line)).contains(new Percent(trust, bar, percent, message));
  }

  @Test
  void read_steps_areSteps() {
    assertThat(read("::step 2/5 Packing"))
        .contains(new NumberedStep(Trust.DIRECTIVE, 2, 5, "Packing"));
    assertThat(read("::step 5/5")).contains(new NumberedStep(Trust.DIRECTIVE, 5, 5, ""));
    assertThat(read("Epoch 3/10")).contains(new NumberedStep(Trust.WHOLE, 3, 10, "Epoch 3 of 10"));
    assertThat(read("Step 1/3 : FROM debian"))
        .contains(new NumberedStep(Trust.WHOLE, 1, 3, "FROM debian"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "ordinary output",
        "::progress lots",
        "::steps",
        "usage is 250%",
        "disk 45% full",
        "the disk usage is at 87%",
        "  loss 0.31  accuracy: 90.5%",
        "global headers:0kB muxing overhead: 7.614477%",
        "ref B L1: 96.0%  4.0%",
        "100 years of 3 cats",
        "see http://host/a%20b%",
        "version 1.2.3.45",
      })
  void read_ordinaryLine_saysNothing(String line) {
    assertThat(read(line)).isEmpty();
  }

  @Test
  void read_countsAndDeclaredSteps_areDirectives() {
    assertThat(read("::progress 3/12 third")).contains(new Count(3, 12, "third"));
    assertThat(read("::steps read, hash : 6,write:0.5"))
        .contains(new Steps(List.of(Step.of("read"), new Step("hash", 6), new Step("write", 0.5))));
    assertThat(read("::step hash")).contains(new NamedStep("hash"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "::progress 140 too much|must be from 0 to 100",
        "::progress 5/4|done (5) must be from 0 to total (4)",
        "::progress 5/0|above 0",
        "::progress 2.5/2|more than all",
        "::step 6/5 beyond|must be from 1 to 5",
        "::step 0/5 before|must be from 1 to 5",
        "::steps a, a|a name of its own",
        "::steps a:0|above 0",
        "::steps a,,b|1 to 100 characters"
      })
  void read_directiveThatCannotBeRight_saysWhy(String line, String reason) {
    assertThat(read(line))
        .hasValueSatisfying(signal ->
            assertThat(signal)
                .isInstanceOfSatisfying(
                    Wrong.class, wrong -> assertThat(wrong.reason()).contains(reason)));
  }

  @Test
  void read_percentWithinAnOverwrittenLine_isABar() {
    var line = "file1.bin  45% 4.5MB 10.0MB/s 00:04";
    assertThat(overwritten(line)).contains(new Percent(Trust.BAR, "file1.bin", 45, ""));
    assertThat(read(line)).isEmpty();
    assertThat(overwritten("(Reading database ... 45%")).isEmpty();
  }

  @Test
  void readError_bareNumber_isTheProgressOfPv() {
    var line = new Segment("45", false);
    assertThat(ProgressReader.readError(line)).contains(new Percent(Trust.PROSE, "", 45, ""));
    assertThat(ProgressReader.read(line)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1",
        "━",
        "━1/1",
        "1.",
        "1 ",
        "aB3dE/",
        "time=00:00:00 ",
        "1kB / ",
        "9kB ",
        "%",
        "1% ",
        "#",
        "[",
        "= ",
        "(",
        "::progress 1",
        "1/",
        ". 1K",
        "\t%"
      })
  void read_anyRepetition_takesLinearTime(String unit) {
    var threads = ManagementFactory.getThreadMXBean();
    var line = new Segment(unit.repeat(1_000 / unit.length()), true);
    for (var round = 0; round < 20; round++) {
      read(line.text());
    }
    var begin = threads.getCurrentThreadCpuTime();
    for (var round = 0; round < 10; round++) {
      ProgressReader.read(line);
    }
    var perCharacter = (threads.getCurrentThreadCpuTime() - begin) / 10.0 / line.text().length();
    assertThat(perCharacter).isLessThan(CPU_NANOS_PER_CHARACTER);
  }

  @Test
  void read_lineAboveTheLimit_isNotLookedAt() {
    assertThat(read("Loading".repeat(150) + " 45%")).isEmpty();
  }
}
