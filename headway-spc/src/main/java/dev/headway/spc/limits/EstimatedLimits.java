package dev.headway.spc.limits;

import dev.headway.spc.constants.ChartConstants;
import dev.headway.spc.model.ChartKind;
import org.jspecify.annotations.Nullable;

/**
 * Limits that follow from an estimate of the process.
 *
 * <p>Source of the formulas: D. C. Montgomery, Introduction to Statistical Quality Control, 7th ed.
 * (2013), 6.2-6.4 and 7.2-7.3. Each point has the limits of its own sample size.
 *
 * @param kind the chart's kind
 * @param center the process mean: of the measurements, of the fraction nonconforming (p, np) or of
 *     the nonconformities per unit (c, u)
 * @param sigma the standard deviation of one measurement, item or unit
 * @param sampleCount the samples that the estimate rests on
 */
public record EstimatedLimits(ChartKind kind, double center, double sigma, int sampleCount)
    implements ControlLimits {

  /** Checks that the numbers are finite and sigma is not negative. */
  public EstimatedLimits {
    if (!Double.isFinite(center) || !(sigma >= 0) || Double.isInfinite(sigma)) {
      throw new IllegalArgumentException("No limits at centre " + center + ", sigma " + sigma);
    }
  }

  @Override
  public LimitMethod method() {
    return sampleCount == 0 ? LimitMethod.KNOWN : LimitMethod.of(kind);
  }

  /**
   * The limits of a known process.
   *
   * @param center the process mean
   * @param sigma the standard deviation of one measurement; for attributes it follows from the mean
   */
  public static EstimatedLimits known(ChartKind kind, double center, double sigma) {
    return new EstimatedLimits(kind, center, sigma, 0);
  }

  /** Whether sigma is 0, so that no point can be judged. */
  public boolean degenerate() {
    return sigma == 0;
  }

  @Override
  public Lines lines(double size) {
    return switch (kind) {
      case INDIVIDUALS -> Lines.symmetric(center, sigma);
      case XBAR_R, XBAR_S -> Lines.symmetric(center, sigma / Math.sqrt(size));
      case MEDIAN_R -> Lines.symmetric(center, sigma * ChartConstants.medianDeviation((int) size));
      case P, P_PRIME -> Lines.between(0, 1, center, sigma / Math.sqrt(size));
      case U, U_PRIME -> Lines.nonNegative(center, sigma / Math.sqrt(size));
      case NP -> Lines.between(0, size, center * size, sigma * Math.sqrt(size));
      case C -> Lines.nonNegative(center, sigma);
    };
  }

  @Override
  public @Nullable Lines dispersionLines(double size) {
    return dispersionLines(kind, sigma, size);
  }

  /** The lines of the chart of the spread of a process whose measurements have a sigma. */
  static @Nullable Lines dispersionLines(ChartKind kind, double sigma, double size) {
    return switch (kind) {
      case INDIVIDUALS -> rangeLines(ChartConstants.of(2), sigma);
      case XBAR_R, MEDIAN_R -> size < 2 ? null : rangeLines(ChartConstants.of((int) size), sigma);
      case XBAR_S -> size < 2 ? null : deviationLines(ChartConstants.of((int) size), sigma);
      case P, NP, C, U, P_PRIME, U_PRIME -> null;
    };
  }

  private static Lines rangeLines(ChartConstants constants, double sigma) {
    return Lines.nonNegative(constants.d2() * sigma, constants.d3() * sigma);
  }

  private static Lines deviationLines(ChartConstants constants, double sigma) {
    return Lines.nonNegative(constants.c4() * sigma, constants.c5() * sigma);
  }
}
