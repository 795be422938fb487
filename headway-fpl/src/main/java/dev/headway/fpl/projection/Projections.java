package dev.headway.fpl.projection;

import java.util.List;

/** Where projections come from: the model, or a table that replaces it. */
public interface Projections {
  /** What a player is expected to score in a gameweek. */
  Projection of(int playerId, int gameweek);

  /** Where they come from, for a person. */
  String origin();

  /** What the user should know about them. */
  default List<String> remarks() {
    return List.of();
  }
}
