package dev.headway.spc.model;

import java.util.Locale;

/**
 * Where a point lies on its chart: three zones of one standard deviation on either side of the
 * centre line, and what is beyond. A point exactly on a line belongs to the inner zone; one on the
 * centre line to the upper zone C.
 */
public enum Zone {
  /** Above three sigma. */
  BEYOND_UCL,
  /** Above two sigma. */
  ZONE_A_UPPER,
  /** Above one sigma. */
  ZONE_B_UPPER,
  /** From the centre line to one sigma. */
  ZONE_C_UPPER,
  /** Below the centre line, down to minus one sigma. */
  ZONE_C_LOWER,
  /** Below minus one sigma. */
  ZONE_B_LOWER,
  /** Below minus two sigma. */
  ZONE_A_LOWER,
  /** Below minus three sigma. */
  BEYOND_LCL;

  /** The zone of a point {@code z} standard deviations from the centre line. */
  public static Zone of(double z) {
    if (z >= 0) {
      return z > 3 ? BEYOND_UCL : z > 2 ? ZONE_A_UPPER : z > 1 ? ZONE_B_UPPER : ZONE_C_UPPER;
    }
    return z < -3 ? BEYOND_LCL : z < -2 ? ZONE_A_LOWER : z < -1 ? ZONE_B_LOWER : ZONE_C_LOWER;
  }

  /** The name on the wire, for example {@code zone_c_upper}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
