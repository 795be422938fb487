package dev.headway.fpl.advice;

import dev.headway.fpl.rules.ChipWindow;
import dev.headway.fpl.rules.SquadRules;
import java.util.List;
import java.util.Map;

/**
 * The squad, money and transfers with which a plan begins. Money is in tenths of a million.
 *
 * @param rules the season's rules
 * @param gameweek first gameweek of the plan
 * @param horizon gameweeks
 * @param sellingPrices what each player of the squad would bring, by id
 * @param bank money in hand
 * @param freeTransfers free transfers
 * @param chips chips that can still be played
 * @param assumptions what was assumed where the documents are silent, a sentence each
 */
public record StartingPosition(
    SquadRules rules,
    int gameweek,
    int horizon,
    Map<Integer, Integer> sellingPrices,
    int bank,
    int freeTransfers,
    List<ChipWindow> chips,
    List<String> assumptions) {
  /** Copies the collections. */
  public StartingPosition {
    sellingPrices = Map.copyOf(sellingPrices);
    chips = List.copyOf(chips);
    assumptions = List.copyOf(assumptions);
  }

  /** Whether a player is in the squad. */
  public boolean owns(int playerId) {
    return sellingPrices.containsKey(playerId);
  }

  /** The gameweek of a week of the plan, counted from 0. */
  public int gameweekOf(int week) {
    return gameweek + week;
  }
}
