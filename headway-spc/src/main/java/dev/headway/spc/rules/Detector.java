package dev.headway.spc.rules;

import dev.headway.spc.model.RuleSetting;
import dev.headway.spc.model.Side;
import org.jspecify.annotations.Nullable;

/**
 * Watches a chart for one rule: a few numbers of state and constant work per point. What it finds
 * depends on no more points than the rule's window.
 */
sealed interface Detector permits RunDetector, AlternationDetector, WindowDetector {

  /**
   * The rule holds at the newest point.
   *
   * @param side the pattern's direction
   * @param begins whether the pattern did not stand before this point
   * @param members which of the last points make it up: bit 0 is the newest
   */
  record Finding(Side side, boolean begins, long members) {}

  /**
   * Takes in the next point.
   *
   * @param z the point's distance from the centre line in standard deviations
   * @param step the direction of the step to it: 1, -1, or 0 for a tie and for the first point
   * @return the finding, or null when the rule does not hold at this point
   */
  @Nullable Finding accept(double z, int step);

  /** The detector of a rule as set. */
  static Detector of(RuleSetting setting) {
    var points = setting.points();
    return switch (setting.rule()) {
      case BEYOND_3_SIGMA ->
          new RunDetector((z, step) -> beyond(z, setting.sigmas()), points, points);
      case ONE_SIDE -> new RunDetector((z, step) -> beyond(z, 0), points, points);
      // A trend of n points is a run of n - 1 steps.
      case TREND -> new RunDetector((z, step) -> beyond(step, 0), points, points - 1);
      case ALTERNATING -> new AlternationDetector(points);
      case BEYOND_2_SIGMA -> new WindowDetector(2, points, setting.window());
      case BEYOND_1_SIGMA -> new WindowDetector(1, points, setting.window());
      case WITHIN_1_SIGMA ->
          new RunDetector((z, step) -> Math.abs(z) <= 1 ? Side.BOTH : null, points, points);
      case OUTSIDE_1_SIGMA ->
          new RunDetector((z, step) -> Math.abs(z) > 1 ? Side.BOTH : null, points, points);
    };
  }

  private static @Nullable Side beyond(double z, double lines) {
    if (z > lines) {
      return Side.UPPER;
    }
    return z < -lines ? Side.LOWER : null;
  }

  /** The mask of the {@code count} newest points. */
  static long newest(int count) {
    return (1L << count) - 1;
  }
}
