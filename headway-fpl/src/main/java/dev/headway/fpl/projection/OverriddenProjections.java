package dev.headway.fpl.projection;

import dev.headway.fpl.data.Gameweek;
import dev.headway.fpl.data.SeasonSnapshot;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Projections of a table with what the user knows better of some players: their points and minutes
 * are multiplied by the chance that they play. Immutable.
 */
public final class OverriddenProjections implements Projections {
  private final Projections table;
  private final Map<Integer, Availability> overrides;
  private final Map<Integer, Instant> deadlines;
  private final int next;

  /**
   * A table with overrides.
   *
   * @throws dev.headway.core.error.HeadwayException when an override names no player or several
   */
  public OverriddenProjections(
      Projections table, SeasonSnapshot season, List<InjuryOverride> overrides) {
    var bootstrap = season.bootstrap();
    this.table = table;
    this.overrides = Map.copyOf(InjuryOverrides.resolve(bootstrap, overrides));
    this.deadlines =
        bootstrap.events().stream().collect(Collectors.toMap(Gameweek::id, Gameweek::deadlineTime));
    this.next = bootstrap.next().map(Gameweek::id).orElse(1);
  }

  @Override
  public String origin() {
    return table.origin();
  }

  @Override
  public Projection of(int playerId, int gameweek) {
    var projection = table.of(playerId, gameweek);
    var override = overrides.get(playerId);
    var deadline = deadlines.get(gameweek);
    if (override == null || deadline == null) {
      return projection;
    }
    double chance = override.at(Math.max(0, gameweek - next), deadline);
    return new Projection(
        playerId, gameweek, projection.points() * chance, projection.minutes() * chance, null);
  }
}
