package dev.headway.spc.capability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.spc.TestData;
import dev.headway.spc.capability.Distribution.Bin;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Specification;
import dev.headway.spc.model.Subgroup;
import java.util.Arrays;
import java.util.Random;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DistributionTest {
  private static Distribution of(Specification specification, double... values) {
    var study = new CapabilityStudy(ChartKind.INDIVIDUALS);
    Arrays.stream(values).mapToObj(Subgroup::of).forEach(study::add);
    return study.distribution(specification);
  }

  private static NormalityTest normality(double... values) {
    var test = of(Specification.NONE, values).normality();
    assertThat(test).isNotNull();
    return test;
  }

  /** D'Agostino and Stephens (1986), table 4.7, case 3: upper tail percentage points. */
  @ParameterizedTest
  @CsvSource({"0.561, 0.15", "0.631, 0.10", "0.752, 0.05", "0.873, 0.025", "1.035, 0.01"})
  void normality_atPublishedPercentagePoints_hasTheirProbability(double statistic, double p) {
    assertThat(NormalityTest.probability(statistic)).isCloseTo(p, within(p * 0.03));
  }

  /** The definition, with another library's distribution function, ranks one by one. */
  @Test
  void normality_pistonRings_isThatOfTheDefinition() {
    var values =
        TestData.subgroups("piston_rings.csv").subList(0, 25).stream()
            .flatMap(subgroup -> subgroup.measurements().stream())
            .mapToDouble(Double::doubleValue)
            .sorted()
            .toArray();
    var n = values.length;
    var mean = Arrays.stream(values).average().orElseThrow();
    var squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
    var normal = NormalDistribution.of(mean, Math.sqrt(squares / (n - 1)));
    var sum = 0.0;
    for (var i = 1; i <= n; i++) {
      var low = Math.log(normal.cumulativeProbability(values[i - 1]));
      var high = Math.log(normal.survivalProbability(values[n - i]));
      sum += (2 * i - 1) * (low + high);
    }
    var adjusted = (-n - sum / n) * (1 + 0.75 / n + 2.25 / ((double) n * n));
    var found = normality(values);
    assertThat(found.statistic()).isCloseTo(adjusted, within(1e-9));
    assertThat(found.probability()).isGreaterThan(0.05);
  }

  @Test
  void normality_skewedMeasurements_isRefused() {
    var random = new Random(7);
    var found = normality(random.doubles(200).map(one -> -Math.log(1 - one)).toArray());
    assertThat(found.probability()).isLessThan(1e-6);
  }

  @Test
  void normality_oneValueFarOut_isFinite() {
    var values = new Random(7).ints(10_000, 0, 3).asDoubleStream().toArray();
    values[0] = 1e9;
    assertThat(normality(values).statistic()).isFinite().isGreaterThan(1_000);
    assertThat(normality(values).probability()).isZero();
  }

  @Test
  void normality_fewOrEqualMeasurements_isMissing() {
    assertThat(of(Specification.NONE, 1, 2, 3, 4, 5, 6, 7).normality()).isNull();
    assertThat(of(Specification.NONE, 1, 1, 1, 1, 1, 1, 1, 1, 1).normality()).isNull();
    assertThat(of(Specification.NONE).bins()).isEmpty();
  }

  @Test
  void bins_ofMeasurementsToATenth_holdTheSameNumberOfTenths() {
    var distribution = of(new Specification(null, 10.25, 10.0), 9.9, 10.0, 10.0, 10.1, 10.3);
    assertThat(distribution.bins()).extracting(Bin::count).containsExactly(1L, 2L, 1L, 0L, 1L);
    assertThat(distribution.bins().getFirst().from()).isCloseTo(9.85, within(1e-9));
    assertThat(distribution.belowLsl()).isEqualTo(1);
    assertThat(distribution.aboveUsl()).isEqualTo(1);
  }

  @Test
  void bins_ofManyDifferentValues_areFewAndHoldAll() {
    var values = new Random(7).doubles(50_000).toArray();
    var distribution = of(Specification.NONE, values);
    assertThat(distribution.bins()).hasSizeBetween(10, 40);
    assertThat(distribution.bins().stream().mapToLong(Bin::count).sum()).isEqualTo(50_000);
    assertThat(distribution.measurements()).isEqualTo(50_000);
    for (var at = 1; at < distribution.bins().size(); at++) {
      assertThat(distribution.bins().get(at).from())
          .isEqualTo(distribution.bins().get(at - 1).to());
    }
  }
}
