package dev.headway.spc.model;

import java.util.Locale;

/** The direction in which a pattern departs from chance. */
public enum Side {
  /** Above the centre line, or rising. */
  UPPER,
  /** Below the centre line, or falling. */
  LOWER,
  /** A pattern without a direction of its own. */
  BOTH;

  /** The name on the wire, for example {@code upper}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
