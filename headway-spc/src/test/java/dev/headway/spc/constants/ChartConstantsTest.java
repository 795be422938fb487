package dev.headway.spc.constants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.headway.spc.TestData;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChartConstantsTest {
  private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
  private static final double REACH = 9;

  private record Column(String name, ToDoubleFunction<ChartConstants> value) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("d2", ChartConstants::d2),
          new Column("d3", ChartConstants::d3),
          new Column("c4", ChartConstants::c4),
          new Column("A2", ChartConstants::a2),
          new Column("A3", ChartConstants::a3),
          new Column("D3", ChartConstants::lowerRange),
          new Column("D4", ChartConstants::upperRange),
          new Column("B3", ChartConstants::b3),
          new Column("B4", ChartConstants::b4),
          new Column("B5", ChartConstants::b5),
          new Column("B6", ChartConstants::b6),
          new Column("E2", ChartConstants::e2));

  @Test
  void everyConstant_exactTable_agrees() {
    var rows = TestData.rows("constants_exact.csv");
    assertThat(rows).hasSize(24);
    for (var row : rows) {
      var constants = ChartConstants.of(Integer.parseInt(row.getField("n")));
      for (var column : COLUMNS) {
        assertThat(column.value().applyAsDouble(constants))
            .as("%s of n = %s", column.name(), row.getField("n"))
            .isCloseTo(Double.parseDouble(row.getField(column.name())), within(1e-12));
      }
    }
  }

  /** E(W) = ∫ 1 - Φ^n - (1 - Φ)^n dx; Tippett (1925). */
  @Test
  void d2_integralOfItsDefinition_agrees() {
    for (var n = 2; n <= 25; n++) {
      var steps = 1_800;
      var width = 2 * REACH / steps;
      var integral = 0.0;
      for (var step = 0; step <= steps; step++) {
        var below = NORMAL.cumulativeProbability(-REACH + step * width);
        integral += width * (1 - Math.pow(below, n) - Math.pow(1 - below, n));
      }
      assertThat(ChartConstants.of(n).d2()).as("d2(%d)", n).isCloseTo(integral, within(1e-10));
    }
  }

  /**
   * E(W²) = 2 ∬ 1 - Φ(y)^n - (1 - Φ(x))^n + (Φ(y) - Φ(x))^n over x < y; Tippett (1925). With y = x
   * + w both integrands are smooth, and the trapezoidal rule over w converges after one correction
   * at w = 0, where the integrand's slope does not vanish.
   */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10, 17, 25})
  void d3_integralOfItsDefinition_agrees(int n) {
    var coarse = meanSquaredRange(n, 0.08);
    var fine = meanSquaredRange(n, 0.04);
    var square = fine + (fine - coarse) / 3;
    var d2 = ChartConstants.of(n).d2();
    assertThat(ChartConstants.of(n).d3()).isCloseTo(Math.sqrt(square - d2 * d2), within(1e-6));
  }

  private static double meanSquaredRange(int n, double width) {
    var steps = (int) Math.round(2 * REACH / width);
    var probabilities = new double[2 * steps + 1];
    for (var index = 0; index < probabilities.length; index++) {
      probabilities[index] = NORMAL.cumulativeProbability(-REACH + index * width);
    }
    var sum = 0.0;
    for (var x = 0; x <= steps; x++) {
      for (var y = x; y <= steps; y++) {
        var weight = y == x ? 0.5 : 1.0;
        sum += weight * tail(n, probabilities[x], probabilities[y]);
      }
    }
    return 2 * sum * width * width;
  }

  private static double tail(int n, double atX, double atY) {
    return 1 - Math.pow(atY, n) - Math.pow(1 - atX, n) + Math.pow(atY - atX, n);
  }

  @Test
  void constantsOfTwo_closedForms_agree() {
    var two = ChartConstants.of(2);
    assertThat(two.d2()).isCloseTo(2 / Math.sqrt(Math.PI), within(1e-15));
    assertThat(two.d3()).isCloseTo(Math.sqrt(2 - 4 / Math.PI), within(1e-14));
    assertThat(two.c4()).isCloseTo(Math.sqrt(2 / Math.PI), within(1e-15));
  }

  @Test
  void c4_printedTable_agreesToItsDigits() {
    assertThat(ChartConstants.of(5).c4()).isCloseTo(0.9400, Percentage.withPercentage(0.01));
    assertThat(ChartConstants.of(25).c4()).isCloseTo(0.9896, Percentage.withPercentage(0.01));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 1, 26})
  void of_sizeNotCovered_isRefused(int n) {
    assertThatThrownBy(() -> ChartConstants.of(n))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("n = " + n);
  }
}
