package dev.headway.fpl.data;

import java.util.List;

/**
 * The document {@code event-status/}: whether the present gameweek's points are final.
 *
 * @param leagues "Updating" while the game recalculates, else empty or "Updated"
 * @param status the days of the gameweek
 */
public record EventStatus(String leagues, List<Day> status) {
  /** Copies the list. */
  public EventStatus {
    status = List.copyOf(status);
  }

  /**
   * A day of the gameweek.
   *
   * @param event gameweek
   * @param date ISO date
   * @param bonusAdded whether bonus points are in
   * @param points "p" provisional, "r" final, empty before
   */
  public record Day(int event, String date, boolean bonusAdded, String points) {}

  /** Whether the game is recalculating and its figures do not fit together. */
  public boolean updating() {
    return leagues.equalsIgnoreCase("Updating");
  }
}
