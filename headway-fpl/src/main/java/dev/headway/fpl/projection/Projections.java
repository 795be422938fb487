package dev.headway.fpl.projection;

/** The projections of all players: the model's, or those of a table that replaces it. */
public interface Projections {
  /** The points that a player is expected to score in a gameweek. */
  Projection of(int playerId, int gameweek);

  /** The origin, for a person: {@code model} or {@code table}. */
  String origin();
}
