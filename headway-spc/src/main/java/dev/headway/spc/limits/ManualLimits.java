package dev.headway.spc.limits;

import dev.headway.spc.constants.ChartConstants;
import dev.headway.spc.model.ChartKind;
import org.jspecify.annotations.Nullable;

/**
 * Limits that a person set: lcl below centre below ucl, in the unit of the plotted statistic. They
 * stand for a mean and a standard deviation: points of other sample sizes have limits of their own,
 * and the chart of the spread has its limits from the same standard deviation.
 *
 * @param kind the chart's kind
 * @param lcl the lower control limit
 * @param center the centre line
 * @param ucl the upper control limit
 * @param size the sample size that they were set for
 */
public record ManualLimits(ChartKind kind, double lcl, double center, double ucl, double size)
    implements ControlLimits {
  /** Checks that the limits are in order and the size is above 0. */
  public ManualLimits {
    if (!(lcl < center && center < ucl) || Double.isInfinite(ucl - lcl)) {
      throw new IllegalArgumentException(
          "Limits must be in order, lcl < center_line < ucl: " + lcl + ", " + center + ", " + ucl);
    }
    if (!(size > 0)) {
      throw new IllegalArgumentException("The sample size " + size + " must be above 0");
    }
  }

  @Override
  public LimitMethod method() {
    return LimitMethod.MANUAL;
  }

  @Override
  public int sampleCount() {
    return 0;
  }

  @Override
  public double sigma() {
    var plotted = (ucl - lcl) / 6;
    return switch (kind) {
      case INDIVIDUALS, C -> plotted;
      case MEDIAN_R -> plotted / ChartConstants.medianDeviation((int) size);
      case XBAR_R, XBAR_S, P, U, P_PRIME, U_PRIME -> plotted * Math.sqrt(size);
      case NP -> plotted / Math.sqrt(size);
    };
  }

  @Override
  public Lines lines(double pointSize) {
    return switch (kind) {
      case INDIVIDUALS, C -> scaled(1, 1, Double.POSITIVE_INFINITY);
      case MEDIAN_R ->
          scaled(
              1,
              ChartConstants.medianDeviation((int) pointSize)
                  / ChartConstants.medianDeviation((int) size),
              Double.POSITIVE_INFINITY);
      case XBAR_R, XBAR_S, U, U_PRIME ->
          scaled(1, Math.sqrt(size / pointSize), Double.POSITIVE_INFINITY);
      case P, P_PRIME -> scaled(1, Math.sqrt(size / pointSize), 1);
      case NP -> scaled(pointSize / size, Math.sqrt(pointSize / size), pointSize);
    };
  }

  private Lines scaled(double location, double spread, double most) {
    var middle = center * location;
    var below = (center - lcl) / 3 * spread;
    var above = (ucl - center) / 3 * spread;
    var least = kind.countsAttributes() ? 0 : Double.NEGATIVE_INFINITY;
    return new Lines(
        spread == 1 ? lcl : Math.max(least, middle - 3 * below),
        middle,
        spread == 1 ? ucl : Math.min(most, middle + 3 * above),
        below,
        above);
  }

  @Override
  public @Nullable Lines dispersionLines(double pointSize) {
    return EstimatedLimits.dispersionLines(kind, sigma(), pointSize);
  }
}
