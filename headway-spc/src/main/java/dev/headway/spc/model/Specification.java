package dev.headway.spc.model;

import org.jspecify.annotations.Nullable;

/**
 * The demands of the customer, in the unit of measurement; any part may be missing.
 *
 * @param target the value aimed at
 * @param usl the upper specification limit
 * @param lsl the lower specification limit, below the upper
 */
public record Specification(@Nullable Double target, @Nullable Double usl, @Nullable Double lsl) {

  /** No demand at all. */
  public static final Specification NONE = new Specification(null, null, null);

  /** Checks that the limits are in order. */
  public Specification {
    if (usl != null && lsl != null && !(lsl < usl)) {
      throw new IllegalArgumentException("The LSL " + lsl + " must be below the USL " + usl);
    }
  }
}
