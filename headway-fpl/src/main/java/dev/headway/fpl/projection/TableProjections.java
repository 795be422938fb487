package dev.headway.fpl.projection;

import java.util.Map;

/**
 * Projections from a table. Who is not in it is not expected to score. Immutable.
 *
 * @param table by player and gameweek
 */
public record TableProjections(Map<Key, Projection> table) implements Projections {
  /** Copies the table. */
  public TableProjections {
    table = Map.copyOf(table);
  }

  /**
   * A player in a gameweek.
   *
   * @param playerId element id
   * @param gameweek 1 to 38
   */
  public record Key(int playerId, int gameweek) {}

  @Override
  public String origin() {
    return "table";
  }

  @Override
  public Projection of(int playerId, int gameweek) {
    var found = table.get(new Key(playerId, gameweek));
    return found == null ? new Projection(playerId, gameweek, 0, 0, null) : found;
  }
}
