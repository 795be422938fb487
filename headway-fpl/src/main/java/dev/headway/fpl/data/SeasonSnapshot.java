package dev.headway.fpl.data;

import java.time.Instant;
import java.util.List;

/**
 * The state of the season, for the analysis of one team.
 *
 * @param source where it came from: sample, uploaded or live
 * @param capturedAt when the documents were made
 * @param confirmedAt when the source last confirmed them
 * @param now the time that the analysis works with: the sample's own date, else the present
 * @param bootstrap what all managers share
 * @param fixtures matches
 * @param eventStatus whether the present gameweek's points are final
 * @param team the team's documents
 * @param checksum of the documents it was made from, SHA-256 in hexadecimal
 */
public record SeasonSnapshot(
    DataSource source,
    Instant capturedAt,
    Instant confirmedAt,
    Instant now,
    Bootstrap bootstrap,
    List<Fixture> fixtures,
    EventStatus eventStatus,
    TeamDocuments team,
    String checksum) {
  /** Copies the list. */
  public SeasonSnapshot {
    fixtures = List.copyOf(fixtures);
  }
}
