package dev.headway.fpl.advice;

import dev.headway.fpl.plan.PlannedWeek;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A gameweek of a plan as it goes over the wire: players by id, money in tenths of a million, so
 * that eight gameweeks fit into a frame.
 *
 * @param gameweek 1 to 38
 * @param expectedPts line-up, captain and chip, less hits
 * @param chip the chip played; null for none
 * @param freeTransfers free transfers before the deadline
 * @param hits transfers that cost points
 * @param bank money left
 * @param captain his id
 * @param viceCaptain his id
 * @param starters the line-up, goalkeeper first; all fifteen with a bench boost
 * @param bench the substitutes in their order
 * @param bought players who come before the deadline; a free hit's are not listed
 * @param sold players who go
 */
public record PlanWeek(
    int gameweek,
    double expectedPts,
    @Nullable String chip,
    int freeTransfers,
    int hits,
    int bank,
    int captain,
    int viceCaptain,
    List<Integer> starters,
    List<Integer> bench,
    List<Integer> bought,
    List<Integer> sold) {
  /** Copies the lists. */
  public PlanWeek {
    starters = List.copyOf(starters);
    bench = List.copyOf(bench);
    bought = List.copyOf(bought);
    sold = List.copyOf(sold);
  }

  /** The weeks of a plan that begins at a position. */
  static List<PlanWeek> of(List<PlannedWeek> weeks, StartingPosition position) {
    return weeks.stream().map(week -> of(week, position)).toList();
  }

  private static PlanWeek of(PlannedWeek week, StartingPosition position) {
    var chip = week.chip();
    var lineUp = week.lineUp();
    return new PlanWeek(
        position.gameweekOf(week.week()),
        Rounding.points(week.points()),
        chip == null ? null : chip.key(),
        week.freeTransfers(),
        week.hits(),
        week.bank(),
        lineUp.captain(),
        lineUp.vice(),
        lineUp.starters(),
        lineUp.bench(),
        week.bought(),
        week.sold());
  }
}
