package dev.headway.fpl.advice;

import dev.headway.fpl.projection.Breakdown;
import org.jspecify.annotations.Nullable;

/** Rounds for the wire: more digits would only look exact. */
final class Rounding {
  private Rounding() {}

  /** Points to hundredths. */
  static double points(double value) {
    return Math.round(value * 100) / 100.0;
  }

  /** Each part to hundredths. */
  static @Nullable Breakdown points(@Nullable Breakdown parts) {
    if (parts == null) {
      return null;
    }
    return new Breakdown(
        points(parts.form()),
        points(parts.pointsPerGame()),
        points(parts.expectedInvolvement()),
        points(parts.price()),
        points(parts.minutes()),
        points(parts.availability()),
        points(parts.fixtures()));
  }
}
