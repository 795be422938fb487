package dev.headway.spc.rules;

import dev.headway.spc.model.Side;
import org.jspecify.annotations.Nullable;

/**
 * Finds k of the last m points beyond a line on one side, the newest among them (rules 5 and 6).
 * The pattern goes on for as long as k of the last m are beyond the line, also over a point that is
 * not: such a point is no signal, and the next one beyond begins no new pattern.
 */
final class WindowDetector implements Detector {
  private final int line;
  private final int needed;
  private final long window;
  private long above;
  private long below;

  WindowDetector(int line, int needed, int size) {
    this.line = line;
    this.needed = needed;
    this.window = Detector.newest(size);
  }

  @Override
  public @Nullable Finding accept(double z, int step) {
    var stoodAbove = stands(above);
    var stoodBelow = stands(below);
    above = (above << 1 | (z > line ? 1 : 0)) & window;
    below = (below << 1 | (z < -line ? 1 : 0)) & window;
    if (z > line && stands(above)) {
      return new Finding(Side.UPPER, !stoodAbove, above);
    }
    if (z < -line && stands(below)) {
      return new Finding(Side.LOWER, !stoodBelow, below);
    }
    return null;
  }

  private boolean stands(long fitting) {
    return Long.bitCount(fitting) >= needed;
  }
}
