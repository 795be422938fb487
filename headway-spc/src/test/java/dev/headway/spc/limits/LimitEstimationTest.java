package dev.headway.spc.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headway.spc.constants.ChartConstants;
import dev.headway.spc.limits.LimitEstimation.Estimated;
import dev.headway.spc.limits.LimitEstimation.Insufficient;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.Subgroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LimitEstimationTest {

  private static List<Subgroup> individuals(double... values) {
    return DoubleStream.of(values).mapToObj(Subgroup::of).toList();
  }

  private static EstimatedLimits limits(LimitEstimation.Result result) {
    assertThat(result).isInstanceOf(Estimated.class);
    return ((Estimated) result).limits();
  }

  @Test
  void estimate_twentyFourSamples_refusesAndSaysHowManyAreNeeded() {
    var samples = Collections.nCopies(24, Subgroup.of(1));
    var result = LimitEstimation.customary(ChartKind.INDIVIDUALS).estimate(samples);
    assertThat(result).isInstanceOf(Insufficient.class);
    assertThat(((Insufficient) result).reason()).contains("24 samples").contains("at least 25");
  }

  @Test
  void estimate_fewerAskedFor_estimates() {
    var result = new LimitEstimation(ChartKind.INDIVIDUALS, 2, false).estimate(individuals(1, 2));
    assertThat(limits(result).sigma()).isCloseTo(Math.sqrt(Math.PI) / 2, within(1e-12));
  }

  @ParameterizedTest
  @EnumSource(ChartKind.class)
  void estimate_noSamplesAtAll_refuses(ChartKind kind) {
    assertThat(new LimitEstimation(kind, 0, true).estimate(List.of()))
        .isInstanceOf(Insufficient.class);
  }

  @Test
  void estimate_singleIndividual_refuses() {
    var result = new LimitEstimation(ChartKind.INDIVIDUALS, 1, false).estimate(individuals(5));
    assertThat(result).isInstanceOf(Insufficient.class);
  }

  @Test
  void estimate_equalSamples_sigmaIsZeroAndDegenerate() {
    var result =
        LimitEstimation.customary(ChartKind.XBAR_R)
            .estimate(Collections.nCopies(30, Subgroup.of(0.1, 0.1, 0.1)));
    assertThat(limits(result).degenerate()).isTrue();
    assertThat(limits(result).lines(3).degenerate()).isTrue();
    assertThatThrownBy(() -> limits(result).lines(3).z(0.2))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Sigma is 0");
  }

  @Test
  void estimate_noDefectsAtAll_degenerate() {
    for (var kind : List.of(ChartKind.P, ChartKind.NP, ChartKind.C, ChartKind.U)) {
      var clean = Collections.nCopies(25, new AttributeCount(0, 50));
      assertThat(limits(LimitEstimation.customary(kind).estimate(clean)).degenerate()).isTrue();
    }
  }

  @Test
  void estimate_untilStable_endsWithAllRemainingPointsWithin() {
    var values = new ArrayList<Observation>();
    var random = new Random(20260131);
    for (var index = 0; index < 200; index++) {
      var shift = index % 40 == 0 ? 8 : 0;
      values.add(
          Subgroup.of(
              random.nextGaussian() + shift, random.nextGaussian(), random.nextGaussian() + shift));
    }
    var how = new LimitEstimation(ChartKind.XBAR_R, 25, true);
    var found = (Estimated) how.estimate(values);
    assertThat(found.leftOut()).contains(0, 40, 80, 120, 160).isSorted();
    for (var index = 0; index < values.size(); index++) {
      if (!found.leftOut().contains(index)) {
        var z = found.limits().lines(3).z(values.get(index).plotted(ChartKind.XBAR_R));
        assertThat(Math.abs(z)).isLessThanOrEqualTo(3);
      }
    }
    assertThat(found.limits().sampleCount()).isEqualTo(200 - found.leftOut().size());
  }

  @Test
  void estimate_subgroupWithWildSpreadButUsualMean_isLeftOut() {
    var random = new Random(7);
    var samples = new ArrayList<Subgroup>();
    for (var index = 0; index < 40; index++) {
      samples.add(Subgroup.of(random.nextGaussian(), random.nextGaussian()));
    }
    samples.set(11, Subgroup.of(-20, 20));
    var how = new LimitEstimation(ChartKind.XBAR_S, 25, true);
    assertThat(((Estimated) how.estimate(samples)).leftOut()).contains(11);
  }

  @Test
  void estimate_leftOutIndividual_movingRangeSpansTheGap() {
    var values = new double[30];
    for (var index = 0; index < values.length; index++) {
      values[index] = index % 2;
    }
    values[15] = 1_000;
    var how = new LimitEstimation(ChartKind.INDIVIDUALS, 25, true);
    var found = (Estimated) how.estimate(individuals(values));
    assertThat(found.leftOut()).containsExactly(15);
    // 28 moving ranges remain: 27 of 1, and one of 0 across the gap.
    var sigma = 27 / 28.0 / ChartConstants.of(2).d2();
    assertThat(found.limits().sigma()).isCloseTo(sigma, within(1e-12));
  }

  @Test
  void estimate_varyingSubgroupSizes_weighsMeansAndAveragesUnbiasedRanges() {
    var samples = List.of(Subgroup.of(0, 2), Subgroup.of(1, 2, 6), Subgroup.of(9));
    var found = limits(new LimitEstimation(ChartKind.XBAR_R, 3, false).estimate(samples));
    assertThat(found.center()).isCloseTo(20 / 6.0, within(1e-12));
    var sigma = (2 / ChartConstants.of(2).d2() + 5 / ChartConstants.of(3).d2()) / 2;
    assertThat(found.sigma()).isCloseTo(sigma, within(1e-12));
    assertThat(found.lines(3).ucl()).isCloseTo(20 / 6.0 + 3 * sigma / Math.sqrt(3), within(1e-12));
    assertThat(found.dispersionLines(1)).isNull();
  }

  @Test
  void estimate_proportionsOfVaryingNumber_eachHasItsOwnLimits() {
    var counts =
        List.of(
            new AttributeCount(12, 100), new AttributeCount(8, 80), new AttributeCount(20, 120));
    var found = limits(new LimitEstimation(ChartKind.P, 3, false).estimate(counts));
    var p = 40 / 300.0;
    assertThat(found.center()).isCloseTo(p, within(1e-12));
    for (var inspected : new int[] {80, 100, 120}) {
      var spread = 3 * Math.sqrt(p * (1 - p) / inspected);
      assertThat(found.lines(inspected).ucl()).isCloseTo(p + spread, within(1e-12));
      assertThat(found.lines(inspected).lcl()).isCloseTo(p - spread, within(1e-12));
    }
  }

  /** Property: sigma estimates are unbiased, here to three standard errors of a long run. */
  @ParameterizedTest
  @EnumSource(names = {"INDIVIDUALS", "XBAR_R", "XBAR_S"})
  void estimate_longNormalSeries_findsItsSigma(ChartKind kind) {
    var random = new Random(42);
    var size = kind == ChartKind.INDIVIDUALS ? 1 : 5;
    var estimator = new ProcessEstimator(kind);
    for (var sample = 0; sample < 100_000; sample++) {
      estimator.add(
          Subgroup.of(
              IntStream.range(0, size).mapToDouble(i -> random.nextGaussian(100, 2)).toArray()));
    }
    assertThat(estimator.limits().sigma()).isCloseTo(2, within(0.02));
    assertThat(estimator.limits().center()).isCloseTo(100, within(0.03));
  }

  @Test
  void lowerLimits_ofCounts_neverBelowZero() {
    for (var kind : List.of(ChartKind.P, ChartKind.NP, ChartKind.C, ChartKind.U)) {
      var rare = new EstimatedLimits(kind, 0.01, 0.1, 25);
      for (var k = -3; k <= 3; k++) {
        assertThat(rare.lines(10).at(k)).isGreaterThanOrEqualTo(0);
      }
    }
  }

  @Test
  void observation_ofTheWrongSort_isRefused() {
    assertThatThrownBy(() -> new ProcessEstimator(ChartKind.C).add(Subgroup.of(1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new ProcessEstimator(ChartKind.XBAR_R).add(new AttributeCount(1, 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
