package dev.headway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.headway.client.work.Report;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The output of real tools, as it came through a pipe or a terminal, and the bar it moves. */
final class RecordedOutputTest {
  private static List<Report> reports(String recording) throws IOException {
    var reports = new ArrayList<Report>();
    var tracker = new ProgressTracker(List.of());
    var splitter =
        new OutputSplitter(
            segment -> ProgressReader.read(segment).flatMap(tracker::take).ifPresent(reports::add));
    try (var in = RecordedOutputTest.class.getResourceAsStream("/output/" + recording)) {
      var bytes = Objects.requireNonNull(in).readAllBytes();
      splitter.take(bytes, bytes.length);
    }
    splitter.end();
    return reports;
  }

  private static List<Double> percents(String recording) throws IOException {
    return reports(recording).stream().map(Report::progress).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "curl.txt, 2, 99",
    "curl-hash.txt, 4, 99",
    "rsync-progress.txt, 2, 99",
    "rsync-progress2.txt, 2, 99",
    "ffmpeg.txt, 2, 98",
    "wget.txt, 10, 99",
    "git.txt, 50, 70",
    "pip.txt, 2, 99"
  })
  void recording_ofATransfer_movesTheBarUpToJustBeforeItsEnd(
      String recording, int least, double end) throws IOException {
    var percents = percents(recording);
    assertThat(percents).hasSizeGreaterThanOrEqualTo(least).isSorted();
    assertThat(percents.getFirst()).isLessThan(70);
    assertThat(percents.getLast()).isBetween(end, 99.0);
  }

  @Test
  void curl_meter_givesThePercentOfTheTotal() throws IOException {
    assertThat(percents("curl.txt")).containsExactly(38.0, 79.0, 99.0);
  }

  @Test
  void dockerBuild_steps_moveTheBarFromStepToStep() throws IOException {
    assertThat(reports("docker-build.txt"))
        .filteredOn(report -> report.stage() != null)
        .extracting(Report::progress, Report::stage)
        .containsExactly(
            tuple(0.0, "FROM docker.io/library/debian:12-slim@sha256:0123"),
            tuple(25.0, "RUN apt-get update"),
            tuple(50.0, "COPY . /src"),
            tuple(75.0, "RUN make -C /src"));
  }

  @Test
  void dockerClassic_steps_moveTheBarFromStepToStep() throws IOException {
    assertThat(reports("docker-classic.txt"))
        .extracting(Report::stage)
        .containsExactly("FROM debian:12-slim", "COPY app /app", "CMD [\"/app\"]");
  }
}
