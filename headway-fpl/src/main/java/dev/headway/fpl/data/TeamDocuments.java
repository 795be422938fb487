package dev.headway.fpl.data;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The documents of one manager's team.
 *
 * @param entry the team
 * @param history its gameweeks
 * @param picks its latest squad, or the one that came back after a free hit; null for a team that
 *     has not played yet
 * @param transfers every transfer of the season; null where the document is not there
 */
public record TeamDocuments(
    Entry entry, EntryHistory history, @Nullable Picks picks, @Nullable List<Transfer> transfers) {
  /** Copies the list. */
  public TeamDocuments {
    transfers = transfers == null ? null : List.copyOf(transfers);
  }

  /** The ids of the players of its latest squad; none before its first gameweek. */
  public List<Integer> squad() {
    return picks == null ? List.of() : picks.picks().stream().map(Picks.Pick::element).toList();
  }
}
