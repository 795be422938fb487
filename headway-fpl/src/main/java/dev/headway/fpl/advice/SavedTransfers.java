package dev.headway.fpl.advice;

import dev.headway.fpl.data.EntryHistory;
import dev.headway.fpl.data.EntryHistory.GameweekRow;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.SquadRules;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The free transfers that a team has, counted gameweek by gameweek from its history. A gameweek in
 * which it made more than it had, and paid for fewer, shows that the league had topped them up.
 * Immutable.
 */
final class SavedTransfers {
  /**
   * The gameweek before which the league filled every team's free transfers up to the cap, by the
   * season's first year. The API does not state it: 2025-26 had one for the Africa Cup of Nations.
   */
  private static final Map<Integer, Integer> TOP_UPS = Map.of(2025, 16);

  private final SquadRules rules;
  private final Set<Integer> rebuilt;
  private final int toppedUp;
  private final List<String> assumptions = new ArrayList<>();

  private SavedTransfers(SeasonSnapshot season) {
    this.rules = season.bootstrap().rules();
    this.rebuilt = rebuilt(season.team().history());
    this.toppedUp = TOP_UPS.getOrDefault(firstYear(season), 0);
  }

  /**
   * The free transfers for the next gameweek.
   *
   * @param number so many
   * @param assumptions what was assumed, a sentence each
   */
  record Count(int number, List<String> assumptions) {}

  /** The free transfers of a snapshot's team for the next gameweek. */
  static Count of(SeasonSnapshot season) {
    var counting = new SavedTransfers(season);
    int free = counting.after(season.team().history().current());
    return new Count(free, List.copyOf(counting.assumptions));
  }

  private static Set<Integer> rebuilt(EntryHistory history) {
    return history.chips().stream()
        .filter(play -> Chip.named(play.name()).filter(Chip::keepsSavedTransfers).isPresent())
        .map(EntryHistory.ChipPlay::event)
        .collect(Collectors.toSet());
  }

  private static int firstYear(SeasonSnapshot season) {
    return season.bootstrap().events().stream()
        .map(event -> event.deadlineTime().atZone(ZoneOffset.UTC).getYear())
        .min(Integer::compare)
        .orElse(0);
  }

  /* Before its first deadline a team changes for nothing and saves nothing. */
  private int after(List<GameweekRow> rows) {
    int free = 1;
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.get(i);
      free = i == 0 ? 1 : rules.nextFreeTransfers(had(free, row), row.eventTransfers(), kept(row));
      if (row.event() + 1 == toppedUp) {
        free = rules.freeTransferCap();
      }
    }
    return free;
  }

  private boolean kept(GameweekRow row) {
    return rebuilt.contains(row.event());
  }

  private int had(int free, GameweekRow row) {
    int unpaid = row.eventTransfers() - row.eventTransfersCost() / rules.hitCost();
    if (kept(row) || unpaid <= free) {
      return free;
    }
    assumptions.add(
        "In gameweek %d the team made %d transfers for nothing, so the league had topped its %d up"
            .formatted(row.event(), unpaid, free));
    return unpaid;
  }
}
