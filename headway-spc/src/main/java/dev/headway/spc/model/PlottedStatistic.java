package dev.headway.spc.model;

import java.util.Locale;

/** The statistic that a point of a control chart shows. */
public enum PlottedStatistic {
  /** A single measurement. */
  INDIVIDUAL(true),
  /** The mean of a subgroup. */
  MEAN(true),
  /** The median of a subgroup. */
  MEDIAN(true),
  /** The absolute difference of two successive measurements. */
  MOVING_RANGE(false),
  /** Largest less smallest measurement of a subgroup. */
  RANGE(false),
  /** The sample standard deviation of a subgroup. */
  STANDARD_DEVIATION(false),
  /** Nonconforming items as a fraction of those inspected. */
  FRACTION_NONCONFORMING(false),
  /** Nonconforming items. */
  NUMBER_NONCONFORMING(false),
  /** Nonconformities in one inspection unit. */
  NONCONFORMITIES(false),
  /** Nonconformities per unit inspected. */
  NONCONFORMITIES_PER_UNIT(false);

  private final boolean symmetric;

  PlottedStatistic(boolean symmetric) {
    this.symmetric = symmetric;
  }

  /**
   * Whether the statistic of a stable process is distributed symmetrically about its centre line.
   * The rules that count points in zones on either side assume so.
   */
  public boolean symmetric() {
    return symmetric;
  }

  /** Whether a value below zero cannot occur, so that no lower limit lies below zero. */
  public boolean nonNegative() {
    return !symmetric;
  }

  /** The name on the wire, for example {@code moving_range}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
