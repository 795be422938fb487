package dev.headway.spc.shortrun;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.spc.shortrun.ShortRunChart.PartValue;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Two parts in turn; the expected values are worked out by hand from the published formulas. */
final class ShortRunChartTest {
  private static final List<PartValue> SERIES =
      List.of(
          new PartValue("A", 10),
          new PartValue("A", 12),
          new PartValue("B", 100),
          new PartValue("B", 104),
          new PartValue("A", 11),
          new PartValue("A", 11));

  @Test
  void constantSigma_poolsTheMovingRangesWithinRuns() {
    var points = new ShortRunChart(false).of(SERIES);
    // Ranges 2, 4 and 0 within runs; their mean, 2, over d2(2) is 1.7725 = sqrt(pi).
    var sigma = Math.sqrt(Math.PI);
    assertThat(points.get(0).z()).isCloseTo(-1 / sigma, within(1e-12));
    assertThat(points.get(3).z()).isCloseTo(2 / sigma, within(1e-12));
    assertThat(points.get(0).w()).isNull();
    assertThat(points.get(2).w()).isCloseTo(3 / sigma, within(1e-12));
    assertThat(points).noneMatch(ShortRunChart.StandardizedPoint::signals);
  }

  @Test
  void sigmaByPart_isThatOfThePartAlone() {
    var points = new ShortRunChart(true).of(SERIES);
    var a = 1 * Math.sqrt(Math.PI) / 2; // ranges 2 and 0
    var b = 4 * Math.sqrt(Math.PI) / 2;
    assertThat(points.get(1).z()).isCloseTo(1 / a, within(1e-12));
    assertThat(points.get(2).z()).isCloseTo(-2 / b, within(1e-12));
  }

  @Test
  void limits_areThreeSigma_andThoseOfAMovingRange() {
    assertThat(ShortRunChart.rangeLimit()).isCloseTo(3.686, within(5e-4));
    assertThat(ShortRunChart.rangeCenter()).isCloseTo(1.128, within(5e-4));
  }

  @Test
  void series_withoutARunOfAPart_hasNoPoints() {
    assertThat(new ShortRunChart(false).of(List.of(new PartValue("A", 1), new PartValue("B", 2))))
        .isEmpty();
    assertThat(new ShortRunChart(true).of(SERIES.subList(0, 3))).isEmpty();
  }
}
