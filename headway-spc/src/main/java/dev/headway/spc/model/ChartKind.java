package dev.headway.spc.model;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The Shewhart charts, by what they plot and how they estimate the process's standard deviation.
 *
 * <p>Source: D. C. Montgomery, Introduction to Statistical Quality Control, 7th ed. (2013),
 * chapters 6 (variables) and 7 (attributes).
 */
public enum ChartKind {
  /** Single values and their moving ranges (I-MR). */
  INDIVIDUALS(PlottedStatistic.INDIVIDUAL, PlottedStatistic.MOVING_RANGE),
  /** Subgroup means and ranges; customary for subgroups of 2 to 10. */
  XBAR_R(PlottedStatistic.MEAN, PlottedStatistic.RANGE),
  /** Subgroup means and standard deviations; customary for subgroups above 10. */
  XBAR_S(PlottedStatistic.MEAN, PlottedStatistic.STANDARD_DEVIATION),
  /** Subgroup medians and ranges. */
  MEDIAN_R(PlottedStatistic.MEDIAN, PlottedStatistic.RANGE),
  /** Fraction of nonconforming items, the number inspected may vary. */
  P(PlottedStatistic.FRACTION_NONCONFORMING, null),
  /**
   * Fraction of nonconforming items whose probability varies from sample to sample, too; D. B.
   * Laney, Quality Engineering 14 (2002) 531-537.
   */
  P_PRIME(PlottedStatistic.FRACTION_NONCONFORMING, null),
  /** Number of nonconforming items. */
  NP(PlottedStatistic.NUMBER_NONCONFORMING, null),
  /** Number of nonconformities in an inspection unit that is always the same. */
  C(PlottedStatistic.NONCONFORMITIES, null),
  /** Nonconformities per unit, the number of units inspected may vary. */
  U(PlottedStatistic.NONCONFORMITIES_PER_UNIT, null),
  /** Nonconformities per unit whose rate varies from sample to sample, too (Laney). */
  U_PRIME(PlottedStatistic.NONCONFORMITIES_PER_UNIT, null);

  /** The largest subgroup for which the range is the customary estimator. */
  public static final int LARGEST_RANGE_SUBGROUP = 10;

  private final PlottedStatistic location;
  private final @Nullable PlottedStatistic dispersion;

  ChartKind(PlottedStatistic location, @Nullable PlottedStatistic dispersion) {
    this.location = location;
    this.dispersion = dispersion;
  }

  /** The chart of variables that is customary for subgroups of {@code size} measurements. */
  public static ChartKind forSubgroupSize(int size) {
    if (size < 1) {
      throw new IllegalArgumentException("A subgroup size of " + size + " must be at least 1");
    }
    if (size == 1) {
      return INDIVIDUALS;
    }
    return size <= LARGEST_RANGE_SUBGROUP ? XBAR_R : XBAR_S;
  }

  /** The statistic of the main chart. */
  public PlottedStatistic location() {
    return location;
  }

  /**
   * The statistic of the chart of the spread; null for attributes, whose spread follows from the
   * mean.
   */
  public @Nullable PlottedStatistic dispersion() {
    return dispersion;
  }

  /** Whether things are counted, not measured. */
  public boolean countsAttributes() {
    return dispersion == null;
  }

  /** Whether the measurements of a sample form a subgroup whose mean or median is plotted. */
  public boolean plotsMeans() {
    return location == PlottedStatistic.MEAN || location == PlottedStatistic.MEDIAN;
  }

  /** Whether items are counted, each of which conforms or not. */
  public boolean countsItems() {
    return this == P || this == NP || this == P_PRIME;
  }

  /** Whether the variation between samples is estimated from them, beside what theory says. */
  public boolean isPrime() {
    return this == P_PRIME || this == U_PRIME;
  }

  /** The name on the wire, for example {@code xbar_r}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The kind with this name on the wire, or null. */
  public static @Nullable ChartKind ofWireName(String name) {
    for (var kind : values()) {
      if (kind.wireName().equals(name)) {
        return kind;
      }
    }
    return null;
  }
}
