package dev.headway.spc.rules;

import dev.headway.spc.model.Side;
import org.jspecify.annotations.Nullable;

/** Finds steps that alternate up and down without a tie (rule 4). */
final class AlternationDetector implements Detector {
  private final int points;
  private int lastStep;
  private int steps;

  AlternationDetector(int points) {
    this.points = points;
  }

  @Override
  public @Nullable Finding accept(double z, int step) {
    var alternates = step != 0 && step == -lastStep;
    steps = alternates ? Math.min(steps + 1, points) : Math.abs(step);
    lastStep = step;
    if (steps < points - 1) {
      return null;
    }
    return new Finding(Side.BOTH, steps == points - 1, Detector.newest(points));
  }
}
