package dev.headway.fpl.data;

import java.time.Instant;
import java.util.List;
import java.util.Map;

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
 * @param played the last gameweeks, by number, as far as their documents are there
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
    Map<Integer, GameweekLive> played,
    TeamDocuments team,
    String checksum) {
  /** The number of past gameweeks that are looked at one by one. */
  public static final int RECENT = 6;

  /** Copies the collections. */
  public SeasonSnapshot {
    fixtures = List.copyOf(fixtures);
    played = Map.copyOf(played);
  }
}
