package dev.headway.spc.chart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headway.spc.TestData;
import dev.headway.spc.chart.JudgedSample.Point;
import dev.headway.spc.limits.EstimatedLimits;
import dev.headway.spc.limits.LimitEstimation;
import dev.headway.spc.limits.LimitEstimation.Estimated;
import dev.headway.spc.limits.ManualLimits;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.PlottedStatistic;
import dev.headway.spc.model.RuleId;
import dev.headway.spc.model.RulePreset;
import dev.headway.spc.model.Subgroup;
import dev.headway.spc.model.Zone;
import dev.headway.spc.rules.Signal;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ControlChartTest {

  private static ControlChart chart(EstimatedLimits limits) {
    return new ControlChart(limits.kind(), limits, ChartRules.defaultFor(limits.kind()));
  }

  @Test
  void accept_withoutLimits_plotsAndJudgesNothing() {
    var chart =
        new ControlChart(ChartKind.INDIVIDUALS, null, ChartRules.defaultFor(ChartKind.INDIVIDUALS));
    chart.accept(1, Subgroup.of(5));
    var verdict = chart.accept(2, Subgroup.of(5_000));
    assertThat(verdict.main().value()).isEqualTo(5_000);
    assertThat(verdict.spread()).extracting(Point::value).isEqualTo(4_995.0);
    assertThat(verdict.zone()).isNull();
    assertThat(verdict.inControl()).as("not judged").isNull();
  }

  @Test
  void accept_sigmaOfZero_judgesNothing() {
    var verdict =
        chart(new EstimatedLimits(ChartKind.XBAR_R, 5, 0, 25)).accept(1, Subgroup.of(9, 9));
    assertThat(verdict.zone()).isNull();
    assertThat(verdict.inControl()).as("not judged").isNull();
  }

  @Test
  void accept_pistonRings_signalsWhereTheMeansAreBeyond() {
    var samples = TestData.subgroups("piston_rings.csv");
    var found =
        (Estimated) LimitEstimation.customary(ChartKind.XBAR_R).estimate(samples.subList(0, 25));
    var chart = chart(found.limits());
    var beyond = new ArrayList<Integer>();
    for (var index = 0; index < samples.size(); index++) {
      var verdict = chart.accept(index + 1L, samples.get(index));
      if (verdict.zone() == Zone.BEYOND_UCL) {
        beyond.add(index + 1);
        assertThat(verdict.inControl()).isFalse();
      }
    }
    assertThat(beyond).containsExactly(37, 38, 39);
  }

  @Test
  void accept_wildRangeWithUsualMean_signalsOnTheChartOfTheSpreadOnly() {
    var chart = chart(new EstimatedLimits(ChartKind.XBAR_R, 10, 1, 25));
    var verdict = chart.accept(7, Subgroup.of(2, 18));
    assertThat(verdict.zone()).isEqualTo(Zone.ZONE_C_UPPER);
    assertThat(verdict.spread()).extracting(Point::value).isEqualTo(16.0);
    assertThat(verdict.signals()).hasSize(1);
    var signal = verdict.signals().getFirst();
    assertThat(signal.statistic()).isEqualTo(PlottedStatistic.RANGE);
    assertThat(signal.rule()).isEqualTo(RuleId.BEYOND_3_SIGMA);
    assertThat(signal.sampleIds()).containsExactly(7L);
  }

  @Test
  void accept_firstIndividual_hasNoMovingRange() {
    var chart = chart(new EstimatedLimits(ChartKind.INDIVIDUALS, 10, 1, 25));
    assertThat(chart.accept(1, Subgroup.of(10)).spread()).isNull();
    var second = chart.accept(2, Subgroup.of(10.5));
    assertThat(second.spread()).extracting(Point::value).isEqualTo(0.5);
  }

  @Test
  void accept_limitsByHand_judgeTheSpreadByTheirSigma() {
    var limits = new ManualLimits(ChartKind.INDIVIDUALS, -3, 0, 3, 1);
    var chart =
        new ControlChart(
            ChartKind.INDIVIDUALS, limits, ChartRules.defaultFor(ChartKind.INDIVIDUALS));
    chart.accept(1, Subgroup.of(2.9));
    var signals = chart.accept(2, Subgroup.of(-2.9)).signals();
    assertThat(signals)
        .extracting(Signal::statistic)
        .containsExactly(PlottedStatistic.MOVING_RANGE);
  }

  @Test
  void accept_fractionsOfVaryingNumbers_judgesEachByItsOwnLimits() {
    var chart = chart(new EstimatedLimits(ChartKind.P, 0.1, 0.3, 25));
    // 0.25 is beyond the limit of 100 inspected, 0.19, but within that of 25, 0.28.
    assertThat(chart.accept(1, new AttributeCount(25, 100)).zone()).isEqualTo(Zone.BEYOND_UCL);
    assertThat(chart.accept(2, new AttributeCount(25, 100)).inControl()).isFalse();
    var small = chart.accept(3, new AttributeCount(6, 24));
    assertThat(small.main().value()).isCloseTo(0.25, within(1e-15));
    assertThat(small.inControl()).isTrue();
  }

  @Test
  void accept_observationOfTheWrongSort_isRefused() {
    var chart = chart(new EstimatedLimits(ChartKind.C, 4, 2, 25));
    assertThatThrownBy(() -> chart.accept(1, Subgroup.of(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** A chart that is given the last samples goes on as the one before the restart would have. */
  @Test
  void restored_fromTheLastSamples_goesOnAlike() {
    var limits = new EstimatedLimits(ChartKind.INDIVIDUALS, 0, 1, 25);
    var all = new ChartRules(RulePreset.NELSON.settings(), RulePreset.NELSON.settings());
    var random = new Random(3);
    var samples = new ArrayList<Subgroup>();
    var original = new ControlChart(ChartKind.INDIVIDUALS, limits, all);
    for (var id = 1; id <= 400; id++) {
      var restored = new ControlChart(ChartKind.INDIVIDUALS, limits, all);
      for (var old = Math.max(1, id - original.depth()); old < id; old++) {
        restored.accept(old, samples.get(old - 1));
      }
      samples.add(Subgroup.of(random.nextGaussian() * 1.5));
      assertThat(restored.accept(id, samples.getLast()))
          .isEqualTo(original.accept(id, samples.getLast()));
    }
  }

  @Test
  void depth_presets_isTheLongestWindow() {
    assertThat(chart(new EstimatedLimits(ChartKind.XBAR_R, 0, 1, 25)).depth()).isEqualTo(15);
    assertThat(chart(new EstimatedLimits(ChartKind.C, 4, 2, 25)).depth()).isEqualTo(1);
  }
}
