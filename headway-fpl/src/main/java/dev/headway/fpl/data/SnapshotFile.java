package dev.headway.fpl.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A season in one JSON file, as shipped and as uploaded.
 *
 * @param capturedAt when the documents were fetched
 * @param bootstrap document {@code bootstrap-static/}
 * @param fixtures document {@code fixtures/}
 * @param eventStatus document {@code event-status/}
 * @param live documents {@code event/{gw}/live/}, by gameweek; null for none
 * @param teams documents of each known team, by team id
 */
record SnapshotFile(
    Instant capturedAt,
    Bootstrap bootstrap,
    List<Fixture> fixtures,
    EventStatus eventStatus,
    @Nullable Map<Integer, GameweekLive> live,
    Map<Integer, TeamDocuments> teams) {
  SnapshotFile {
    Objects.requireNonNull(capturedAt);
    fixtures = List.copyOf(fixtures);
    live = live == null ? Map.of() : Map.copyOf(live);
    teams = Map.copyOf(teams);
  }
}
