package dev.headway.bench.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.bench.workload.Findings;
import dev.headway.bench.workload.Findings.Figure;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SummaryTest {
  private static RecordedRun run(String server, int round, double value) {
    return new RecordedRun(
        "fanout", server, round, Findings.of("10 watchers", new Figure("p50", "ms", value)));
  }

  @Test
  void rounds_ofTwoServers_becomeMediansWithRanges() {
    var runs =
        List.of(
            run("a", 1, 3), run("b", 1, 20.5), run("a", 2, 1), run("b", 2, 20.5), run("a", 3, 2));
    assertThat(MarkdownTable.lines(Summary.of(runs).getFirst()))
        .containsExactly(
            "| case        | server | p50, ms |",
            "| ----------- | ------ | ------: |",
            "| 10 watchers | a      | 2 (1–3) |",
            "| 10 watchers | b      |    20.5 |");
  }

  @Test
  void cases_withOtherFigures_haveATableOfTheirOwn() {
    var other =
        new RecordedRun(
            "fanout", "a", 1, Findings.of("jobs: 10", new Figure("first page", "ms", 4)));
    var tables = Summary.of(List.of(run("a", 1, 3), other)).stream().map(MarkdownTable::lines);
    assertThat(tables.map(List::getFirst))
        .containsExactly(
            "| case        | server | p50, ms |", "| case     | server | first page, ms |");
  }

  @Test
  void charts_ofTwoCurves_haveEachItsUnit() {
    var bytes =
        new RecordedRun("curves", "a", 1, Findings.of("heap: 10", new Figure("live", "KiB", 4)));
    var millis =
        new RecordedRun("curves", "a", 1, Findings.of("jobs: 10", new Figure("page", "ms", 4)));
    assertThat(Charts.of(List.of(bytes, millis)))
        .extracting(Chart::unit)
        .containsExactly("KiB", "ms");
  }

  @Test
  void spread_ofAnEvenNumber_isTheMiddleOfTheTwoInTheMiddle() {
    assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 100.0)).median()).isEqualTo(3);
  }
}
