package dev.headway.spc.weighted;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.spc.constants.Normal;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against D. C. Montgomery, Introduction to Statistical Quality Control, chapter 9. */
final class TimeWeightedTest {
  /** Table 9.1: the mean is 10 and sigma 1; from the 21st on the mean is 11. */
  private static final List<Reading> TABLE_9_1 =
      DoubleStream.of(
              9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51,
              9.40, 10.08, 9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08,
              10.38, 11.62, 11.31, 10.52)
          .mapToObj(value -> new Reading(value, 1))
          .toList();

  private static List<Integer> numbers(IntStream places) {
    return places.map(at -> at + 1).boxed().toList();
  }

  @Test
  void cusum_ofTable9_1_isTable9_2() {
    var sums = new CusumChart(10, 0.5, 5).of(TABLE_9_1);
    assertThat(sums.get(1).lower()).isCloseTo(1.56, within(1e-9));
    assertThat(sums.get(2).lower()).isCloseTo(1.77, within(1e-9));
    assertThat(sums.get(4).upper()).isCloseTo(2.82, within(1e-9));
    assertThat(sums.get(28).upper()).isCloseTo(5.28, within(1e-9));
    assertThat(sums.get(29).upper()).isCloseTo(5.30, within(1e-9));
    assertThat(numbers(IntStream.range(0, 30).filter(at -> sums.get(at).signals())))
        .containsExactly(29, 30);
  }

  @Test
  void ewma_ofTable9_1_isThePublishedOne() {
    var averages = new EwmaChart(10, 0.1, 2.7).of(TABLE_9_1);
    assertThat(averages.get(0).value()).isCloseTo(9.945, within(1e-9));
    assertThat(averages.get(1).value()).isCloseTo(9.7495, within(1e-9));
    assertThat(averages.get(0).ucl()).isCloseTo(10.27, within(1e-9));
    assertThat(averages.get(1).ucl()).isCloseTo(10.36, within(5e-3));
    assertThat(averages.get(29).ucl()).isCloseTo(10.62, within(5e-3));
    assertThat(averages.get(29).lcl()).isCloseTo(9.38, within(5e-3));
    assertThat(averages.get(29).value()).isCloseTo(10.6341, within(5e-5));
    assertThat(numbers(IntStream.range(0, 30).filter(at -> averages.get(at).signals())))
        .containsExactly(29, 30);
  }

  /* Montgomery's table 9.11, after Lucas and Saccucci: schemes of about 500 samples in control. */
  @ParameterizedTest
  @CsvSource({
    "0.40, 3.054, 0, 500, 5",
    "0.25, 2.998, 0, 500, 5",
    "0.20, 2.962, 0, 500, 5",
    "0.10, 2.814, 0, 500, 5",
    "0.05, 2.615, 0, 500, 5",
    "0.40, 3.054, 1, 14.3, 0.1",
    "0.10, 2.814, 1, 10.3, 0.1"
  })
  void runLength_ofEwma_isThePublishedOne(
      double lambda, double width, double shift, double published, double tolerance) {
    assertThat(RunLength.of(new EwmaChart(0, lambda, width), shift))
        .isCloseTo(published, within(tolerance));
  }

  /* Montgomery's table 9.3, of k = 1/2. */
  @ParameterizedTest
  @CsvSource({
    "4, 0, 168, 1",
    "5, 0, 465, 1",
    "4, 1, 8.38, 0.02",
    "5, 1, 10.4, 0.05",
    "5, 2, 4.01, 0.02"
  })
  void runLength_ofCusum_isThePublishedOne(
      double decision, double shift, double published, double tolerance) {
    assertThat(RunLength.of(new CusumChart(0, 0.5, decision), shift))
        .isCloseTo(published, within(tolerance));
  }

  @ParameterizedTest
  @CsvSource({"-7", "-2.5", "-0.1", "0", "1", "3.2", "6.5", "9"})
  void normal_everywhere_isTheDistributionFunction(double z) {
    assertThat(Normal.below(z))
        .isCloseTo(NormalDistribution.of(0, 1).cumulativeProbability(z), within(1e-14));
  }
}
