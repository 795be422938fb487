package dev.headway.fpl.advice;

import dev.headway.fpl.data.EntryHistory;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.Transfer;
import dev.headway.fpl.rules.Chip;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The prices that a team paid for its players, in tenths of a million, rebuilt from its transfers.
 * A player of the first squad of a season cost his price at its start. What a free hit bought was
 * given back and counts for nothing. Immutable.
 */
final class PurchasePrices {
  private final Map<Integer, Integer> paid = new HashMap<>();
  private final boolean firstSquadKnown;

  private PurchasePrices(boolean firstSquadKnown) {
    this.firstSquadKnown = firstSquadKnown;
  }

  /** The prices of a snapshot's team. */
  static PurchasePrices of(SeasonSnapshot season) {
    var team = season.team();
    var transfers = team.transfers();
    boolean fromTheStart = team.entry().startedEvent() == 1;
    if (transfers == null) {
      return new PurchasePrices(fromTheStart && untouched(team.history()));
    }
    var prices = new PurchasePrices(fromTheStart);
    var freeHits = freeHits(team.history());
    transfers.stream()
        .filter(transfer -> !freeHits.contains(transfer.event()))
        .sorted(Comparator.comparing(Transfer::time))
        .forEach(transfer -> prices.paid.put(transfer.elementIn(), transfer.elementInCost()));
    return prices;
  }

  /** The price of a player; empty where the documents do not say. */
  OptionalInt of(Player player) {
    var known = paid.get(player.id());
    if (known != null) {
      return OptionalInt.of(known);
    }
    return firstSquadKnown ? OptionalInt.of(player.startCost()) : OptionalInt.empty();
  }

  private static Set<Integer> freeHits(EntryHistory history) {
    return history.chips().stream()
        .filter(play -> Chip.named(play.name()).filter(c -> c == Chip.FREE_HIT).isPresent())
        .map(EntryHistory.ChipPlay::event)
        .collect(Collectors.toSet());
  }

  private static boolean untouched(EntryHistory history) {
    return history.current().stream().allMatch(row -> row.eventTransfers() == 0)
        && history.chips().stream().noneMatch(PurchasePrices::rebuilds);
  }

  private static boolean rebuilds(EntryHistory.ChipPlay play) {
    return Chip.named(play.name()).filter(Chip::keepsSavedTransfers).isPresent();
  }
}
