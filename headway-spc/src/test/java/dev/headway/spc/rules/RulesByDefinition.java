package dev.headway.spc.rules;

import dev.headway.spc.model.RuleSetting;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoublePredicate;

/**
 * The rules as their statements read, looking back at every point: slow, and with nothing in common
 * with the engine.
 */
final class RulesByDefinition {
  private RulesByDefinition() {}

  /** The 1-based points at which a rule holds. */
  static List<Integer> holdsAt(RuleSetting rule, double[] z) {
    var points = new ArrayList<Integer>();
    for (var end = 1; end <= z.length; end++) {
      if (holds(rule, z, end)) {
        points.add(end);
      }
    }
    return points;
  }

  private static boolean holds(RuleSetting rule, double[] z, int end) {
    return switch (rule.rule()) {
      case BEYOND_3_SIGMA -> Math.abs(z[end - 1]) > 3;
      case ONE_SIDE ->
          all(rule, z, end, value -> value > 0) || all(rule, z, end, value -> value < 0);
      case TREND -> end >= rule.points() && (trend(rule, z, end, 1) || trend(rule, z, end, -1));
      case ALTERNATING -> end >= rule.points() && alternates(rule, z, end);
      case BEYOND_2_SIGMA -> someBeyond(rule, z, end, 2);
      case BEYOND_1_SIGMA -> someBeyond(rule, z, end, 1);
      case WITHIN_1_SIGMA -> all(rule, z, end, value -> Math.abs(value) <= 1);
      case OUTSIDE_1_SIGMA -> all(rule, z, end, value -> Math.abs(value) > 1);
    };
  }

  private static boolean all(RuleSetting rule, double[] z, int end, DoublePredicate fits) {
    return end >= rule.points() && count(z, end, rule.points(), fits) == rule.points();
  }

  private static boolean someBeyond(RuleSetting rule, double[] z, int end, double line) {
    DoublePredicate above = value -> value > line;
    DoublePredicate below = value -> value < -line;
    var window = Math.min(rule.window(), end);
    return (above.test(z[end - 1]) && count(z, end, window, above) >= rule.points())
        || (below.test(z[end - 1]) && count(z, end, window, below) >= rule.points());
  }

  private static int count(double[] z, int end, int window, DoublePredicate fits) {
    var count = 0;
    for (var index = end - window; index < end; index++) {
      count += fits.test(z[index]) ? 1 : 0;
    }
    return count;
  }

  private static boolean trend(RuleSetting rule, double[] z, int end, int direction) {
    for (var index = end - rule.points() + 1; index < end; index++) {
      if (direction * (z[index] - z[index - 1]) <= 0) {
        return false;
      }
    }
    return true;
  }

  private static boolean alternates(RuleSetting rule, double[] z, int end) {
    for (var index = end - rule.points() + 2; index < end; index++) {
      if ((z[index] - z[index - 1]) * (z[index - 1] - z[index - 2]) >= 0) {
        return false;
      }
    }
    return true;
  }
}
