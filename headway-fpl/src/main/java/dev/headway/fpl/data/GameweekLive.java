package dev.headway.fpl.data;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The document {@code event/{gw}/live/}: what players did in a gameweek.
 *
 * @param elements a row for each player
 */
public record GameweekLive(List<LivePlayer> elements) {
  /** Copies the list. */
  public GameweekLive {
    elements = List.copyOf(elements);
  }

  /**
   * A player in the gameweek.
   *
   * @param id element id
   * @param stats his figures, all his matches together
   */
  public record LivePlayer(int id, LiveStats stats) {}

  /**
   * The figures of a player in the gameweek.
   *
   * @param minutes played
   */
  public record LiveStats(int minutes) {}

  /** The minutes of each player, by id. */
  public Map<Integer, Integer> minutes() {
    var minutes = new HashMap<Integer, Integer>();
    elements.forEach(player -> minutes.put(player.id(), player.stats().minutes()));
    return minutes;
  }
}
