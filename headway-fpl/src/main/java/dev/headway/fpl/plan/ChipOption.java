package dev.headway.fpl.plan;

import dev.headway.fpl.rules.Chip;
import java.util.Collections;
import java.util.List;

/**
 * A chip that the plan may play once.
 *
 * @param chip which
 * @param firstWeek first week of the plan in which it can be played, from 0
 * @param lastWeek last such week
 * @param holdValues the price of playing it in each of these weeks, in points: it is played only
 *     where it gains more
 */
public record ChipOption(Chip chip, int firstWeek, int lastWeek, List<Double> holdValues) {
  /** Requires a price for each week. */
  public ChipOption {
    holdValues = List.copyOf(holdValues);
    if (holdValues.size() != lastWeek - firstWeek + 1) {
      throw new IllegalArgumentException(
          "%s has %d hold values for the weeks %d to %d"
              .formatted(chip.label(), holdValues.size(), firstWeek, lastWeek));
    }
  }

  /** A chip with the same price in all its weeks. */
  public static ChipOption of(Chip chip, int firstWeek, int lastWeek, double holdValue) {
    return new ChipOption(
        chip, firstWeek, lastWeek, Collections.nCopies(lastWeek - firstWeek + 1, holdValue));
  }

  /** Whether it is a wildcard: those are branched on, the others are the engine's to choose. */
  public boolean wildcard() {
    return chip == Chip.WILDCARD;
  }

  /** Whether the chip can be played in a week. */
  public boolean covers(int week) {
    return firstWeek <= week && week <= lastWeek;
  }

  /** The price of playing it in a week that it covers. */
  public double holdValue(int week) {
    return holdValues.get(week - firstWeek);
  }
}
