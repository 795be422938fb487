package dev.headway.spc.model;

import org.jspecify.annotations.Nullable;

/**
 * How one rule is applied to one chart.
 *
 * @param rule the rule
 * @param enabled whether it is applied
 * @param severity of the violations it finds
 * @param points how many points must fit the pattern
 * @param window among how many successive points; equal to {@code points} for an unbroken run
 * @param multiple of rule 1, how many sigma a point must lie beyond; null for 3
 */
public record RuleSetting(
    RuleId rule,
    boolean enabled,
    Severity severity,
    int points,
    int window,
    @Nullable Double multiple) {
  /** Multiples that can be asked for. */
  public static final double SMALLEST_MULTIPLE = 1;

  /** Multiples that can be asked for. */
  public static final double LARGEST_MULTIPLE = 6;

  /** The longest run or window that can be asked for; it bounds an engine's memory. */
  public static final int MAX_WINDOW = 50;

  /** Checks the run length; see {@link #defect}. */
  public RuleSetting {
    var defect = defect(rule, points, window);
    if (defect == null) {
      defect = defect(rule, multiple);
    }
    if (defect != null) {
      throw new IllegalArgumentException(defect);
    }
  }

  /** The defect of a multiple of sigma, for a person; null for none. */
  public static @Nullable String defect(RuleId rule, @Nullable Double multiple) {
    if (multiple == null) {
      return null;
    }
    if (rule != RuleId.BEYOND_3_SIGMA) {
      return "Only rule 1 takes a multiple of sigma, not rule " + rule.number();
    }
    return multiple >= SMALLEST_MULTIPLE && multiple <= LARGEST_MULTIPLE
        ? null
        : "Rule 1 takes a multiple of sigma from 1 to 6, not " + multiple;
  }

  /** How many sigma a point must lie beyond for rule 1. */
  public double sigmas() {
    return multiple == null ? 3 : multiple;
  }

  /** The defect of a run length, for a person; null for none. */
  public static @Nullable String defect(RuleId rule, int points, int window) {
    var smallest = smallestRun(rule);
    if (rule == RuleId.BEYOND_3_SIGMA && (points != 1 || window != 1)) {
      return "Rule 1 judges single points; its length must be 1";
    }
    if (window > MAX_WINDOW || points < smallest) {
      return "Rule %d takes a length from %d to %d, not %d of %d"
          .formatted(rule.number(), smallest, MAX_WINDOW, points, window);
    }
    if (rule.countsWithinWindow() ? points > window : points != window) {
      return "Rule %d cannot ask for %d of %d points".formatted(rule.number(), points, window);
    }
    return null;
  }

  private static int smallestRun(RuleId rule) {
    return switch (rule) {
      case BEYOND_3_SIGMA -> 1;
      case ONE_SIDE, BEYOND_2_SIGMA, BEYOND_1_SIGMA, WITHIN_1_SIGMA, OUTSIDE_1_SIGMA -> 2;
      case TREND, ALTERNATING -> 3;
    };
  }

  /** The same rule with an unbroken run of {@code length} points. */
  public RuleSetting withRun(int length) {
    return new RuleSetting(rule, enabled, severity, length, length, multiple);
  }
}
