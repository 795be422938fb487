package dev.headway.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class NumberSeriesTest {
  private static List<Boolean> continued(String... lines) {
    var series = new NumberSeries();
    return List.of(lines).stream()
        .map(line -> series.continuedBy(new Segment(line, false)))
        .toList();
  }

  @Test
  void continuedBy_numbersThatDoNotFall_isSoFromTheSecondOn() {
    assertThat(continued("0", "0", "1", "55", "100", "100"))
        .containsExactly(false, true, true, true, true, true);
  }

  @Test
  void continuedBy_lowerNumberOtherLineOrMoreThan100_beginsAnew() {
    assertThat(continued("40", "3", "retrying", "4", "101", "7", "7.5", "8"))
        .containsExactly(false, false, false, false, false, false, false, false);
  }
}
