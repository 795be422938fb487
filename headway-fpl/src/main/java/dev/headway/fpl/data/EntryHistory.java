package dev.headway.fpl.data;

import java.util.List;

/**
 * The document {@code entry/{id}/history/}: what a team did in each gameweek.
 *
 * @param current this season's gameweeks
 * @param chips chips played
 */
public record EntryHistory(List<GameweekRow> current, List<ChipPlay> chips) {
  /** Copies the lists. */
  public EntryHistory {
    current = List.copyOf(current);
    chips = List.copyOf(chips);
  }

  /**
   * A gameweek. Money is in tenths of a million.
   *
   * @param event gameweek
   * @param points points before the cost of transfers
   * @param bank money in hand
   * @param value squad and bank
   * @param eventTransfers transfers made for it
   * @param eventTransfersCost points that they cost
   */
  public record GameweekRow(
      int event, int points, int bank, int value, int eventTransfers, int eventTransfersCost) {}

  /**
   * A chip played.
   *
   * @param name the API's name
   * @param event gameweek
   */
  public record ChipPlay(String name, int event) {}
}
