package dev.headway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.cli.run.ProgressSignal.Count;
import dev.headway.cli.run.ProgressSignal.NamedStep;
import dev.headway.cli.run.ProgressSignal.NumberedStep;
import dev.headway.cli.run.ProgressSignal.Percent;
import dev.headway.cli.run.ProgressSignal.Position;
import dev.headway.cli.run.ProgressSignal.Steps;
import dev.headway.cli.run.ProgressSignal.Trust;
import dev.headway.client.job.Step;
import dev.headway.client.work.Report;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The one bar that the progress in a command's whole output moves. */
final class ProgressTrackerTest {
  private final ProgressTracker tracker = new ProgressTracker(List.of());

  private static Percent bar(String name, double percent) {
    return new Percent(Trust.BAR, name, percent, "");
  }

  /** The percentages that an output moves the bar to. */
  private List<Double> moves(String output) {
    var moves = new ArrayList<Double>();
    var splitter =
        new OutputSplitter(segment ->
            ProgressReader.read(segment)
                .flatMap(tracker::take)
                .map(Report::progress)
                .ifPresent(moves::add));
    var bytes = output.getBytes(StandardCharsets.UTF_8);
    splitter.take(bytes, bytes.length);
    splitter.end();
    return moves;
  }

  @Test
  void take_stepsWithWeights_sharesTheBar() {
    var weighted = new ProgressTracker(List.of(1.0, 3.0));
    assertThat(weighted.take(new NumberedStep(Trust.DIRECTIVE, 1, 2, "a")))
        .map(Report::progress)
        .contains(0.0);
    assertThat(weighted.take(bar("", 50))).map(Report::progress).contains(12.5);
    assertThat(weighted.take(new NumberedStep(Trust.DIRECTIVE, 2, 2, "b")))
        .map(Report::progress)
        .contains(25.0);
    assertThat(weighted.take(bar("", 50))).map(Report::progress).contains(62.5);
  }

  @Test
  void take_declaredSteps_shareTheBarByName() {
    var steps = List.of(Step.of("read"), new Step("hash", 6), new Step("write", 3));
    var declared = tracker.take(new Steps(steps)).orElseThrow();
    assertThat(declared.steps()).isEqualTo(steps);
    assertThat(declared.stage()).isEqualTo("read");
    assertThat(tracker.take(new Count(1, 2, ""))).contains(Report.percent(5).counting(1, 2));
    assertThat(tracker.take(new NamedStep("hash"))).map(Report::progress).contains(10.0);
    assertThat(tracker.take(new Count(1, 2, "half"))).map(Report::progress).contains(40.0);
    assertThat(tracker.take(new Steps(List.of(Step.of("other"))))).isEmpty();
    assertThat(tracker.take(new NamedStep("extra"))).map(Report::stage).contains("extra");
  }

  @Test
  void take_partsThatAreNoRoundNumbers_areShownWithTwoDecimals() {
    assertThat(moves("Receiving objects:  10% (1/10)\r")).containsExactly(12.4);
    var thirds = new ProgressTracker(List.of());
    assertThat(thirds.take(new Count(1, 3, ""))).map(Report::progress).contains(33.33);
    assertThat(thirds.take(new Count(299_999, 300_000, ""))).map(Report::progress).contains(99.99);
  }

  @Test
  void take_nextFileBeginsAtZero_neverFallsAndStaysBelowTheEnd() {
    assertThat(moves("a.bin  50% x\ra.bin 100% x\rb.bin  10% x\rb.bin 100% x\r"))
        .containsExactly(50.0, 99.0);
  }

  @Test
  void take_git_isAtItsEndOnlyWithTheLastPhase() {
    var clone =
        """
        remote: Counting objects: 100% (20/20), done.
        Receiving objects: 100% (100/100), done.
        Resolving deltas: 100% (60/60), done.
        Updating files:  50% (20/40)
        """;
    assertThat(moves(clone)).containsExactly(3.0, 70.0, 85.0, 92.5);
  }

  @Test
  void take_nestedBarsOfTqdm_followsTheOuterOne() {
    var output = new StringBuilder("epoch:   0%|          | 0/4 [00:00<?, ?it/s]");
    for (var epoch = 1; epoch <= 4; epoch++) {
      for (var batch = 1; batch <= 10; batch++) {
        output.append(
            "\n\rbatch: %3d%%|#####| %d/10 [00:00<00:00, 19.0it/s]\u001b[A"
                .formatted(10 * batch, batch));
      }
      output.append(
          "\repoch: %3d%%|#####| %d/4 [00:01<00:03,  1.00s/it]".formatted(25 * epoch, epoch));
    }
    assertThat(moves(output + "\n")).containsExactly(0.0, 25.0, 50.0, 75.0, 99.0);
  }

  @Test
  void take_severalBarsOfRich_followsTheFirst() {
    var bar = "━".repeat(20);
    var up = "\r\u001b[2K\u001b[1A\u001b[2K";
    assertThat(
            moves(
                "all    %1$s   0%% -:--:--\r\npart 0 %1$s  50%% 0:00:01".formatted(bar)
                    + (up + "all    %1$s  50%% 0:00:02\r\npart 0 %1$s 100%% 0:00:00").formatted(bar)
                    + (up + "all    %1$s 100%% 0:00:04\r\npart 1 %1$s 100%% 0:00:00\r\n")
                        .formatted(bar)))
        .containsExactly(0.0, 50.0, 99.0, 99.0);
  }

  @Test
  void take_cmake_isItsOwnCount() {
    assertThat(moves("[  5%] Building a\n[ 50%] Building b\n[100%] Linking c\n"))
        .containsExactly(5.0, 50.0, 99.0);
  }

  @Test
  void take_rsyncOfManyFiles_countsTheFilesOnceItSaysThem() {
    assertThat(
            moves(
                "  1,024 100%  1.00MB/s    0:00:00 (xfr#1, to-chk=3/4)\n"
                    + "  512  50%  1.00MB/s    0:00:00\r"))
        .containsExactly(25.0);
  }

  @Test
  void take_directivesAfterGuesses_beatThemForGood() {
    assertThat(
            moves(
                "Checking space... at 87%\n"
                    + "::progress 1/10 part 1\n"
                    + "Copying 40%\r"
                    + "Copying 90%\r"
                    + "::progress 2/10 part 2\n"))
        .containsExactly(10.0, 20.0);
  }

  @Test
  void take_percentInASentence_countsOnceItRises() {
    assertThat(moves("Loading 30%\n")).isEmpty();
    assertThat(moves("Loading 60%\nLoading 60%\nLoading 80%\n")).containsExactly(60.0, 80.0);
  }

  @Test
  void take_epochsOfATraining_areStepsThatTheirBarsFill() {
    assertThat(moves("Epoch 1/2\n 5/10 [==>..]\rEpoch 2/2\n  accuracy: 91.5%\n 5/10 [==>..]\r"))
        .containsExactly(0.0, 25.0, 50.0, 75.0);
  }

  @Test
  void take_directiveAtItsEnd_isTheWhole() {
    assertThat(moves("::progress 100 done\n")).containsExactly(100.0);
  }

  @Test
  void take_positionWithoutLength_saysNothing() {
    assertThat(tracker.take(new Position(3))).isEmpty();
  }
}
