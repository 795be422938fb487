package dev.headway.fpl.store;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The analyses that a list shows.
 *
 * @param teamId those of one team; null for all teams
 * @param named whether only those with a name
 */
public record AnalysisFilter(@Nullable Integer teamId, boolean named) {
  /** A condition in SQL that follows others. */
  String condition() {
    return (teamId == null ? "" : " AND team_id = :team_id")
        + (named ? " AND name IS NOT NULL" : "");
  }

  /** The values of the condition's parameters. */
  Map<String, Object> values() {
    return teamId == null ? Map.of() : Map.of("team_id", teamId);
  }
}
