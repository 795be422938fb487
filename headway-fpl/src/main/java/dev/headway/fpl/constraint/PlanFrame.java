package dev.headway.fpl.constraint;

import dev.headway.fpl.data.Player;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.ChipWindow;
import dev.headway.fpl.rules.Position;
import dev.headway.fpl.rules.SquadRules;
import java.util.List;
import java.util.Set;

/**
 * The season and the team that constraints must fit. Money is in tenths of a million.
 *
 * @param rules the season's rules
 * @param first first gameweek of the plan
 * @param last its last
 * @param owned ids of the squad
 * @param money the bank and what the squad would bring
 * @param chips chips that can still be played
 * @param market the players that can be had
 */
public record PlanFrame(
    SquadRules rules,
    int first,
    int last,
    Set<Integer> owned,
    int money,
    List<ChipWindow> chips,
    List<Player> market) {
  /** Copies the collections. */
  public PlanFrame {
    owned = Set.copyOf(owned);
    chips = List.copyOf(chips);
    market = List.copyOf(market);
  }

  /** The week of the plan that a gameweek is, from 0. */
  int week(int gameweek) {
    return gameweek - first;
  }

  /** Whether the team has no squad yet. */
  boolean fresh() {
    return owned.isEmpty();
  }

  /** Whether a chip has one window that contains both gameweeks. */
  boolean sameWindow(Chip chip, int one, int other) {
    return chips.stream().anyMatch(w -> w.chip() == chip && w.contains(one) && w.contains(other));
  }

  /** The most that can be paid for one player of a position when all others are the cheapest. */
  int most(Position position) {
    int others = 0;
    for (var each : Position.values()) {
      int places = rules.quota(each).select() - (each == position ? 1 : 0);
      others +=
          market.stream()
              .filter(p -> p.position() == each)
              .mapToInt(Player::nowCost)
              .sorted()
              .limit(places)
              .sum();
    }
    return money - others;
  }
}
