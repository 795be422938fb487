package dev.headway.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.headway.bench.workload.Findings.Row;
import org.junit.jupiter.api.Test;

/**
 * The promise of the estimator's interval, eight of ten, over histories that are always the same.
 */
final class TimeLeftTest {
  @Test
  void findings_generatedHistories_theIntervalHoldsInAboutEightOfTenWhateverThePast() {
    assertThat(TimeLeft.findings().rows())
        .filteredOn(row -> row.label().startsWith("generated"))
        .hasSize(32)
        .allSatisfy(row -> assertThat(held(row)).as(row.label()).isBetween(72.0, 97.0));
  }

  @Test
  void findings_recordedHistories_theIntervalHoldsInMost() {
    var recorded =
        TimeLeft.findings().rows().stream()
            .filter(row -> row.label().startsWith("recorded"))
            .mapToDouble(TimeLeftTest::held)
            .average();
    assertThat(recorded.orElseThrow()).isGreaterThan(70);
  }

  private static double held(Row row) {
    return row.figures().stream()
        .filter(figure -> figure.name().equals("held"))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
