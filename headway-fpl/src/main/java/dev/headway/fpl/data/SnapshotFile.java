package dev.headway.fpl.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A season in one JSON file, as shipped and as uploaded.
 *
 * @param capturedAt when the documents were fetched
 * @param bootstrap document {@code bootstrap-static/}
 * @param fixtures document {@code fixtures/}
 * @param eventStatus document {@code event-status/}
 * @param teams documents of each known team, by team id
 */
record SnapshotFile(
    Instant capturedAt,
    Bootstrap bootstrap,
    List<Fixture> fixtures,
    EventStatus eventStatus,
    Map<Integer, TeamDocuments> teams) {
  SnapshotFile {
    Objects.requireNonNull(capturedAt);
    fixtures = List.copyOf(fixtures);
    teams = Map.copyOf(teams);
  }
}
