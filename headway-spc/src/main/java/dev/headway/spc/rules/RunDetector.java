package dev.headway.spc.rules;

import dev.headway.spc.model.Side;
import org.jspecify.annotations.Nullable;

/** Finds unbroken runs of points, or of steps, that fit on the same side (rules 1, 2, 3, 7, 8). */
final class RunDetector implements Detector {

  /** The side that a point or step counts for; null breaks the run. */
  interface Fit {
    @Nullable Side side(double z, int step);
  }

  private final Fit fit;
  private final int points;
  private final int length;
  private @Nullable Side runSide;
  private int run;

  /**
   * @param fit what counts
   * @param points the points of a finding
   * @param length how many in a row make one
   */
  RunDetector(Fit fit, int points, int length) {
    this.fit = fit;
    this.points = points;
    this.length = length;
  }

  @Override
  public @Nullable Finding accept(double z, int step) {
    var side = fit.side(z, step);
    run = side == null ? 0 : side == runSide ? Math.min(run + 1, length + 1) : 1;
    runSide = side;
    if (side == null || run < length) {
      return null;
    }
    return new Finding(side, run == length, Detector.newest(points));
  }
}
