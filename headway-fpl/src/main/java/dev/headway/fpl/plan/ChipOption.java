package dev.headway.fpl.plan;

import dev.headway.fpl.rules.Chip;

/**
 * A chip that the plan may play once.
 *
 * @param chip which
 * @param firstWeek first week of the plan in which it can be played, from 0
 * @param lastWeek last such week
 * @param holdValue points that keeping it for later is worth: it is played only for more
 */
public record ChipOption(Chip chip, int firstWeek, int lastWeek, double holdValue) {
  /** Whether it is a wildcard: those are branched on, the others are the engine's to choose. */
  public boolean wildcard() {
    return chip == Chip.WILDCARD;
  }

  /** Whether the chip can be played in a week. */
  public boolean covers(int week) {
    return firstWeek <= week && week <= lastWeek;
  }
}
