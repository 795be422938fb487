package dev.headway.fpl.plan;

import dev.headway.fpl.rules.Chip;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One week of a plan.
 *
 * @param week from 0
 * @param squad ids of the fifteen; with a free hit, of those for this week only
 * @param bought ids bought before this week's deadline (a free hit's are not listed)
 * @param sold ids sold
 * @param freeTransfers free transfers before the deadline
 * @param hits transfers that cost points
 * @param bank money left, in tenths of a million
 * @param chip the chip played, if any
 * @param lineUp who plays
 * @param points expected points: line-up, captain and chip, less hits
 */
public record PlannedWeek(
    int week,
    List<Integer> squad,
    List<Integer> bought,
    List<Integer> sold,
    int freeTransfers,
    int hits,
    int bank,
    @Nullable Chip chip,
    LineUp lineUp,
    double points) {
  /** Copies the lists. */
  public PlannedWeek {
    squad = List.copyOf(squad);
    bought = List.copyOf(bought);
    sold = List.copyOf(sold);
  }

  /** How often a player's points count: 0, 1, as captain 2 or 3. */
  public int multiplier(int player) {
    if (player == lineUp.captain()) {
      return chip == Chip.TRIPLE_CAPTAIN ? 3 : 2;
    }
    return lineUp.starters().contains(player) ? 1 : 0;
  }

  /** The same with other expected points. */
  public PlannedWeek withPoints(double others) {
    return new PlannedWeek(
        week, squad, bought, sold, freeTransfers, hits, bank, chip, lineUp, others);
  }
}
