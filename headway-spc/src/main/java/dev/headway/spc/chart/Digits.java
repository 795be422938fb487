package dev.headway.spc.chart;

import dev.headway.spc.model.Sample;
import dev.headway.spc.model.Subgroup;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * Numbers as people read them on a chart: with the digits that were measured, one more for a
 * statistic of several measurements, and never fewer than tell a hundredth of sigma.
 *
 * @param decimals from 0 to 12
 */
record Digits(int decimals) {
  private static final int MOST = 12;

  /** The digits of a chart on which a sample was plotted with this sigma. */
  static Digits of(Sample sample, double sigma) {
    var fine = (int) Math.ceil(-Math.log10(sigma / 100));
    return new Digits(Math.clamp(Math.max(fine, measured(sample)), 0, MOST));
  }

  private static int measured(Sample sample) {
    if (!(sample.observation() instanceof Subgroup subgroup)) {
      return 0;
    }
    var decimals =
        subgroup.measurements().stream()
            .mapToInt(one -> BigDecimal.valueOf(one).stripTrailingZeros().scale())
            .max()
            .orElse(0);
    return subgroup.count() > 1 ? decimals + 1 : decimals;
  }

  /** A number with these digits. */
  String of(double value) {
    return BigDecimal.valueOf(value).setScale(decimals, RoundingMode.HALF_UP).toPlainString();
  }
}
