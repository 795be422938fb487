package dev.headway.fpl.robust;

import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.rules.Chip;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The moves of a plan before the next deadline.
 *
 * @param bought ids, in ascending order
 * @param sold ids, in ascending order
 * @param chip the chip played; null for none
 */
public record FirstWeek(List<Integer> bought, List<Integer> sold, @Nullable Chip chip) {
  /** Sorts the lists. */
  public FirstWeek {
    bought = bought.stream().sorted().toList();
    sold = sold.stream().sorted().toList();
  }

  /** The moves of a week of a plan. */
  public static FirstWeek of(PlannedWeek week) {
    return new FirstWeek(week.bought(), week.sold(), week.chip());
  }
}
