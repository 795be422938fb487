package dev.headway.spc.chart;

import dev.headway.spc.limits.Lines;
import dev.headway.spc.model.Sample;

/**
 * A point that is part of a violation.
 *
 * @param sample the sample
 * @param value the statistic that the violation's chart plots of it
 * @param lines the lines that it was judged by; not degenerate
 */
public record PatternPoint(Sample sample, double value, Lines lines) {
  /** Its signed distance from the centre line in standard deviations. */
  public double z() {
    return lines.z(value);
  }

  /** The standard deviation on its side of the centre line. */
  public double sigma() {
    return value < lines.center() ? lines.sigmaBelow() : lines.sigmaAbove();
  }
}
