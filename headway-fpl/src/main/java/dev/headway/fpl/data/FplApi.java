package dev.headway.fpl.data;

import dev.headway.core.error.HeadwayException;
import java.net.http.HttpClient;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.random.RandomGenerator;
import tools.jackson.core.type.TypeReference;

/** The public Fantasy Premier League API, as a source of snapshots. */
public final class FplApi implements SnapshotSource {
  private static final int DOCUMENTS = 6;
  private static final String FREE_HIT = "freehit";

  private final DocumentClient client;
  private final InstantSource clock;

  /**
   * The API under a base URL.
   *
   * @param random decides how long to wait after a failure
   * @param sleeper waits
   */
  public FplApi(
      ApiSettings settings,
      HttpClient http,
      InstantSource clock,
      RandomGenerator random,
      Sleeper sleeper) {
    this.client = new DocumentClient(settings, http, clock, random, sleeper);
    this.clock = clock;
  }

  @Override
  public DataSource kind() {
    return DataSource.LIVE;
  }

  @Override
  public SeasonSnapshot snapshot(int teamId, FetchListener listener) throws InterruptedException {
    var shared = fetch("bootstrap-static/");
    listener.fetched(1, DOCUMENTS, "bootstrap-static");
    var bootstrap = Documents.read("bootstrap-static", shared.body(), Bootstrap.class);
    var fixtures =
        Documents.readList(
            "fixtures", fetch("fixtures/").body(), new TypeReference<List<Fixture>>() {});
    listener.fetched(2, DOCUMENTS, "fixtures");
    var status = read("event-status", "event-status/", EventStatus.class);
    listener.fetched(3, DOCUMENTS, "event-status");
    var team = team(teamId, listener);
    Instant now = clock.instant();
    var snapshot =
        new SeasonSnapshot(
            DataSource.LIVE, shared.madeAt(), now, bootstrap, fixtures, status, team);
    SnapshotCheck.require(snapshot);
    return snapshot;
  }

  private TeamDocuments team(int teamId, FetchListener listener) throws InterruptedException {
    var path = "entry/" + teamId + "/";
    var document =
        client.fetch(path).orElseThrow(() -> HeadwayException.notFound("Team " + teamId));
    var entry = Documents.read("entry", document.body(), Entry.class);
    listener.fetched(4, DOCUMENTS, "entry");
    var history = read("entry history", path + "history/", EntryHistory.class);
    listener.fetched(5, DOCUMENTS, "entry history");
    var picks = picks(entry, path);
    listener.fetched(6, DOCUMENTS, "picks");
    return new TeamDocuments(entry, history, picks);
  }

  private Picks picks(Entry entry, String path) throws InterruptedException {
    var current = entry.currentEvent();
    if (current == null) {
      throw HeadwayException.invalid(
          "team_id", "Team %d has not played yet; give its squad".formatted(entry.id()));
    }
    var picks = picks(path, current);
    // A free hit's squad was for one gameweek; the one before it is the team's.
    return FREE_HIT.equals(picks.activeChip()) && current > entry.startedEvent()
        ? picks(path, current - 1)
        : picks;
  }

  private Picks picks(String path, int gameweek) throws InterruptedException {
    return read("picks", path + "event/" + gameweek + "/picks/", Picks.class);
  }

  private <T> T read(String name, String path, Class<T> type) throws InterruptedException {
    return Documents.read(name, fetch(path).body(), type);
  }

  private FetchedDocument fetch(String path) throws InterruptedException {
    return client.fetch(path).orElseThrow(() -> HeadwayException.notFound("The document " + path));
  }
}
