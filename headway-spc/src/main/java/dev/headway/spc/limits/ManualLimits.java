package dev.headway.spc.limits;

import dev.headway.spc.model.ChartKind;
import org.jspecify.annotations.Nullable;

/**
 * Limits that a person set: lcl below centre below ucl, in the unit of the plotted statistic.
 *
 * @param kind the chart's kind
 * @param lcl the lower control limit
 * @param center the centre line
 * @param ucl the upper control limit
 * @param size the sample size they were set for; the mean of a subgroup of another size has wider
 *     or narrower ones, by the root of the sizes' ratio
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
  public Lines lines(double pointSize) {
    if (!kind.plotsMeans() || pointSize == size) {
      return Lines.through(lcl, center, ucl);
    }
    var scale = Math.sqrt(size / pointSize);
    return Lines.through(center - (center - lcl) * scale, center, center + (ucl - center) * scale);
  }

  @Override
  public @Nullable Lines dispersionLines(double pointSize) {
    return null;
  }
}
