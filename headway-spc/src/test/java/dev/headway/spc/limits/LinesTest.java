package dev.headway.spc.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headway.spc.model.ChartKind;
import dev.headway.spc.model.Zone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesTest {
  // Sigma is 0.1, which binary arithmetic only approaches.
  private static final ManualLimits LIMITS =
      new ManualLimits(ChartKind.INDIVIDUALS, 9.7, 10, 10.3, 1);

  @ParameterizedTest
  @CsvSource({
    "10.31, BEYOND_UCL",
    "10.3, ZONE_A_UPPER",
    "10.25, ZONE_A_UPPER",
    "10.2, ZONE_B_UPPER",
    "10.1, ZONE_C_UPPER",
    "10.1000001, ZONE_B_UPPER",
    "10, ZONE_C_UPPER",
    "9.9999, ZONE_C_LOWER",
    "9.9, ZONE_C_LOWER",
    "9.8, ZONE_B_LOWER",
    "9.7, ZONE_A_LOWER",
    "9.69, BEYOND_LCL"
  })
  void zone_valuesOnAndBesideLines_lineBelongsToTheInnerZone(double value, Zone zone) {
    assertThat(LIMITS.lines(1).zone(value)).isEqualTo(zone);
  }

  @Test
  void z_decimalsOnALine_areWholeNumbers() {
    var lines = LIMITS.lines(1);
    assertThat(lines.z(10.3)).isEqualTo(3);
    assertThat(lines.z(10.1)).isEqualTo(1);
    assertThat(lines.z(9.8)).isEqualTo(-2);
    assertThat(lines.z(0.1 * 3 + 9.7)).isEqualTo(0);
  }

  @Test
  void zone_limitsByHandThatAreNotSymmetric_haveAScaleOnEitherSide() {
    var lines = new ManualLimits(ChartKind.INDIVIDUALS, 4, 10, 13, 1).lines(1);
    assertThat(lines.z(8)).isEqualTo(-1);
    assertThat(lines.z(12)).isEqualTo(2);
    assertThat(lines.at(-2)).isEqualTo(6);
    assertThat(lines.at(1)).isEqualTo(11);
    assertThat(lines.at(3)).isEqualTo(13);
  }

  @Test
  void lines_subgroupOfAnotherSizeThanSetFor_areScaledByTheRoot() {
    var limits = new ManualLimits(ChartKind.XBAR_R, 7, 10, 13, 4);
    assertThat(limits.lines(4).ucl()).isEqualTo(13);
    assertThat(limits.lines(1).ucl()).isCloseTo(16, within(1e-12));
    assertThat(limits.lines(1).lcl()).isCloseTo(4, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"3,2,1", "1,1,2", "1,2,2", "NaN,2,3", "1,NaN,3", "1,2,NaN", "-Infinity,2,3"})
  void manualLimits_notInOrder_areRefused(double lcl, double center, double ucl) {
    assertThatThrownBy(() -> new ManualLimits(ChartKind.INDIVIDUALS, lcl, center, ucl, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("lcl < center_line < ucl");
  }
}
