package dev.headway.fpl.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The document {@code entry/{id}/event/{gw}/picks/}: a team's squad in a gameweek.
 *
 * @param activeChip the chip played, if any
 * @param entryHistory the gameweek's figures
 * @param picks the fifteen players
 */
public record Picks(
    @Nullable String activeChip, EntryHistory.GameweekRow entryHistory, List<Pick> picks) {
  private static final String FREE_HIT = "freehit";

  /** Copies the list. */
  public Picks {
    picks = List.copyOf(picks);
  }

  /** Whether this squad was a free hit's, and so for its gameweek only. */
  public boolean ofFreeHit() {
    return FREE_HIT.equals(activeChip);
  }

  /**
   * A player of the squad.
   *
   * @param element player id
   * @param position place in the line-up, 1 to 15; from 12 the bench
   * @param multiplier how often his points count: 0, 1, 2 or 3
   * @param isCaptain whether he is the captain
   * @param isViceCaptain whether he is the vice-captain
   */
  public record Pick(
      int element, int position, int multiplier, boolean isCaptain, boolean isViceCaptain) {}
}
