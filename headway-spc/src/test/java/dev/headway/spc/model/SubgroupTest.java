package dev.headway.spc.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubgroupTest {

  @Test
  void statistics_ofASubgroup_areThoseOfTheTextbook() {
    var subgroup = Subgroup.of(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(subgroup.mean()).isEqualTo(5);
    assertThat(subgroup.range()).isEqualTo(7);
    assertThat(subgroup.standardDeviation()).isCloseTo(Math.sqrt(32 / 7.0), within(1e-15));
  }

  @Test
  void mean_ofEqualMeasurements_isExactlyThese() {
    assertThat(Subgroup.of(0.1, 0.1, 0.1).mean()).isEqualTo(0.1);
    assertThat(Subgroup.of(0.1, 0.1, 0.1).standardDeviation()).isZero();
  }

  @Test
  void standardDeviation_largeOffset_keepsItsDigits() {
    assertThat(Subgroup.of(1e9, 1e9 + 1, 1e9 + 2).standardDeviation()).isCloseTo(1, within(1e-9));
  }

  @Test
  void statistics_hugeMeasurements_stayFinite() {
    var subgroup = Subgroup.of(1e150, -1e150);
    assertThat(subgroup.range()).isFinite();
    assertThat(subgroup.standardDeviation()).isFinite();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1.1e150})
  void of_notMeasurable_isRefused(double value) {
    assertThatThrownBy(() -> Subgroup.of(1, value)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void of_noneOrTooMany_isRefused() {
    assertThatThrownBy(Subgroup::of).hasMessageContaining("0 measurements");
    assertThatThrownBy(() -> Subgroup.of(new double[26])).hasMessageContaining("26 measurements");
  }

  @Test
  void of_arrayChangedLater_keepsItsMeasurements() {
    var measurements = new double[] {1, 2};
    var subgroup = Subgroup.of(measurements);
    measurements[0] = 100;
    assertThat(subgroup.measurements()).containsExactly(1.0, 2.0);
    assertThat(subgroup).isEqualTo(Subgroup.of(1, 2)).hasSameHashCodeAs(Subgroup.of(1, 2));
  }

  @Test
  void attributeCount_impossible_isRefused() {
    assertThatThrownBy(() -> new AttributeCount(-1, 1)).hasMessageContaining("-1.0");
    assertThatThrownBy(() -> new AttributeCount(1.5, 2)).hasMessageContaining("whole");
    assertThatThrownBy(() -> new AttributeCount(Double.NaN, 2)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> new AttributeCount(1, 0)).hasMessageContaining("above 0");
  }

  @Test
  void kindForSubgroupSize_boundaries_areTheCustomaryOnes() {
    assertThat(ChartKind.forSubgroupSize(1)).isEqualTo(ChartKind.INDIVIDUALS);
    assertThat(ChartKind.forSubgroupSize(2)).isEqualTo(ChartKind.XBAR_R);
    assertThat(ChartKind.forSubgroupSize(10)).isEqualTo(ChartKind.XBAR_R);
    assertThat(ChartKind.forSubgroupSize(11)).isEqualTo(ChartKind.XBAR_S);
  }
}
