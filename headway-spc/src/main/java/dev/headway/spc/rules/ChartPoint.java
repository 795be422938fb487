package dev.headway.spc.rules;

import dev.headway.spc.limits.Lines;

/**
 * A point as the rules see it.
 *
 * @param sampleId the sample it stands for
 * @param value the plotted statistic
 * @param z its signed distance from the centre line in standard deviations
 * @param sigma the plotted statistic's standard deviation, above 0
 */
public record ChartPoint(long sampleId, double value, double z, double sigma) {

  /** The point of {@code value} between lines that are not degenerate. */
  public static ChartPoint of(long sampleId, double value, Lines lines) {
    return new ChartPoint(sampleId, value, lines.z(value), lines.sigmaAbove());
  }

  /** The direction of the step from {@code previous}: 1 up, -1 down, 0 when the two are tied. */
  int stepFrom(ChartPoint previous) {
    var step = value - previous.value;
    return Math.abs(step) <= Lines.TOLERANCE * sigma ? 0 : (int) Math.signum(step);
  }
}
