package dev.headway.fpl.plan.search;

import dev.headway.fpl.plan.PlannedWeek;
import java.util.List;

/**
 * The best plan so far.
 *
 * @param value its weighted value; minus infinity while there is none
 * @param weeks the plan
 */
record Incumbent(double value, List<PlannedWeek> weeks) {
  static final Incumbent NONE = new Incumbent(Double.NEGATIVE_INFINITY, List.of());

  boolean exists() {
    return !weeks.isEmpty();
  }
}
