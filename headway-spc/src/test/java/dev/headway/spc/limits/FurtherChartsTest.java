package dev.headway.spc.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.spc.TestData;
import dev.headway.spc.chart.ChartRules;
import dev.headway.spc.chart.ControlChart;
import dev.headway.spc.constants.ChartConstants;
import dev.headway.spc.model.AttributeCount;
import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Observation;
import dev.headway.spc.model.RuleId;
import dev.headway.spc.model.RulePreset;
import dev.headway.spc.model.RuleSetting;
import dev.headway.spc.model.Severity;
import dev.headway.spc.model.Subgroup;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Laney's charts, the chart of medians, and multiples of sigma. Laney's vectors are those of his
 * formulas (Quality Engineering 14 (2002) 531-537; Minitab, "Methods and formulas for Laney P'
 * Chart"), calculated apart from this code.
 */
final class FurtherChartsTest {
  private static EstimatedLimits limits(ChartKind kind, List<? extends Observation> samples) {
    var result = new LimitEstimation(kind, 3, false).estimate(samples);
    assertThat(result).isInstanceOf(LimitEstimation.Estimated.class);
    return result instanceof LimitEstimation.Estimated found
        ? found.limits()
        : EstimatedLimits.known(kind, 0, 1);
  }

  @Test
  void pPrime_orangeJuice_widensTheLimitsBySigmaZ() {
    var counts = TestData.counts("orange_juice.csv");
    var prime = limits(ChartKind.P_PRIME, counts);
    var plain = limits(ChartKind.P, counts);
    assertThat(prime.center()).isEqualTo(plain.center());
    assertThat(prime.sigma() / plain.sigma()).isCloseTo(1.6603086218728391, within(1e-9));
    assertThat(prime.lines(50).ucl()).isCloseTo(0.528372151105775, within(1e-9));
    assertThat(prime.lines(50).lcl()).isZero();
    assertThat(prime.method()).isEqualTo(LimitMethod.LANEY);
  }

  @Test
  void uPrime_dyedClothOfVaryingSize_narrowsTheLimitsBySigmaZ() {
    var prime = limits(ChartKind.U_PRIME, TestData.counts("dyed_cloth.csv"));
    assertThat(prime.lines(10).ucl()).isCloseTo(2.191246172484249, within(1e-9));
    assertThat(prime.lines(13).ucl()).isCloseTo(2.0968279166533725, within(1e-9));
  }

  @Test
  void pPrime_withoutDefectives_hasNoScale() {
    var none =
        List.of(new AttributeCount(0, 50), new AttributeCount(0, 60), new AttributeCount(0, 50));
    assertThat(limits(ChartKind.P_PRIME, none).degenerate()).isTrue();
  }

  /* AIAG, Statistical Process Control, 2nd ed. (2005), appendix E: the factors of medians. */
  @ParameterizedTest
  @CsvSource({
    "2, 1.880",
    "3, 1.187",
    "4, 0.796",
    "5, 0.691",
    "6, 0.548",
    "7, 0.508",
    "8, 0.433",
    "9, 0.412",
    "10, 0.362"
  })
  void median_factorOfItsLimits_agreesWithThePrintedTable(int n, double printed) {
    var factor = 3 * ChartConstants.medianDeviation(n) / ChartConstants.of(n).d2();
    assertThat(factor).isCloseTo(printed, within(1e-3));
  }

  @Test
  void median_ofSubgroups_isPlottedWithTheRange() {
    var samples = List.of(Subgroup.of(1, 9, 5), Subgroup.of(4, 4, 7), Subgroup.of(6, 2, 3));
    assertThat(samples.getFirst().plotted(ChartKind.MEDIAN_R)).isEqualTo(5);
    assertThat(Subgroup.of(1, 9, 5, 6).plotted(ChartKind.MEDIAN_R)).isEqualTo(5.5);
    var limits = limits(ChartKind.MEDIAN_R, samples);
    assertThat(limits.center()).isEqualTo(4);
    assertThat(limits.lines(3).ucl()).isCloseTo(4 + 1.187 * 5, within(5e-3));
    assertThat(limits.dispersionLines(3)).isNotNull();
  }

  @Test
  void ruleOne_withAnotherMultiple_signalsBeyondThat() {
    var rule = new RuleSetting(RuleId.BEYOND_3_SIGMA, true, Severity.CRITICAL, 1, 1, 2.5);
    var rules =
        new ChartRules(RulePreset.SHEWHART.settings().with(rule), RulePreset.SHEWHART.settings());
    var chart =
        new ControlChart(
            ChartKind.INDIVIDUALS, EstimatedLimits.known(ChartKind.INDIVIDUALS, 0, 1), rules);
    assertThat(chart.accept(1, Subgroup.of(2.5)).signals()).isEmpty();
    assertThat(chart.accept(2, Subgroup.of(2.6)).signals()).hasSize(1);
  }
}
