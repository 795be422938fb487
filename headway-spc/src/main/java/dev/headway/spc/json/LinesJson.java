package dev.headway.spc.json;

import dev.headway.spc.limits.Lines;
import org.jspecify.annotations.Nullable;

/**
 * The control limits of one chart for samples of one size.
 *
 * @param centerLine the centre line
 * @param ucl the upper control limit
 * @param lcl the lower control limit
 */
public record LinesJson(double centerLine, double ucl, double lcl) {
  /** Lines, or null where there are none. */
  static @Nullable LinesJson of(@Nullable Lines lines) {
    return lines == null ? null : new LinesJson(lines.center(), lines.ucl(), lines.lcl());
  }
}
