package dev.headway.spc.model;

import static dev.headway.spc.model.Severity.CRITICAL;
import static dev.headway.spc.model.Severity.WARNING;

import org.jspecify.annotations.Nullable;

/**
 * The eight tests for special causes.
 *
 * <p>Source: L. S. Nelson, "The Shewhart Control Chart: Tests for Special Causes", Journal of
 * Quality Technology 16 (1984) 237-239; ties and boundaries as SAS/QC and JMP document them.
 */
public enum RuleId {
  /** |z| above 3. */
  BEYOND_3_SIGMA(1, "One point beyond 3 sigma", CRITICAL, 1, 1),
  /** A run strictly on one side of the centre line. */
  ONE_SIDE(2, "Nine points on one side", WARNING, 9, 9),
  /** Every point strictly above, or every point strictly below, the one before. */
  TREND(3, "Six points trending", WARNING, 6, 6),
  /** Steps that strictly alternate in sign. */
  ALTERNATING(4, "Fourteen points alternating", WARNING, 14, 14),
  /** Most of a few points beyond two sigma on one side, the newest among them. */
  BEYOND_2_SIGMA(5, "Two of three beyond 2 sigma", WARNING, 2, 3),
  /** Most of some points beyond one sigma on one side, the newest among them. */
  BEYOND_1_SIGMA(6, "Four of five beyond 1 sigma", WARNING, 4, 5),
  /** A run within one sigma of the centre line: too little variation. */
  WITHIN_1_SIGMA(7, "Fifteen points within 1 sigma", WARNING, 15, 15),
  /** A run without a point within one sigma: a mixture of two processes. */
  OUTSIDE_1_SIGMA(8, "Eight points outside 1 sigma", WARNING, 8, 8);

  private final int number;
  private final String title;
  private final Severity severity;
  private final int points;
  private final int window;

  RuleId(int number, String title, Severity severity, int points, int window) {
    this.number = number;
    this.title = title;
    this.severity = severity;
    this.points = points;
    this.window = window;
  }

  /** Nelson's number, 1 to 8, the id on the wire. */
  public int number() {
    return number;
  }

  /** The name shown to people. */
  public String title() {
    return title;
  }

  /** The rule as Nelson stated it, switched on or off. */
  public RuleSetting standard(boolean enabled) {
    return new RuleSetting(this, enabled, severity, points, window, null);
  }

  /** Whether the rule asks for some of the last points, not for an unbroken run. */
  public boolean countsWithinWindow() {
    return this == BEYOND_2_SIGMA || this == BEYOND_1_SIGMA;
  }

  /**
   * Whether the rule makes sense for a statistic: those that count points in zones assume a
   * symmetric distribution, so only rules 1 to 4 hold for ranges, deviations and counts.
   */
  public boolean appliesTo(PlottedStatistic statistic) {
    return number <= 4 || statistic.symmetric();
  }

  /** The rule with Nelson's {@code number}, or null. */
  public static @Nullable RuleId ofNumber(int number) {
    return number >= 1 && number <= values().length ? values()[number - 1] : null;
  }
}
