package dev.headway.fpl.data;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** The public Fantasy Premier League API, as a source of snapshots. */
public final class FplApi implements SnapshotSource {
  private static final int FIXED_DOCUMENTS = 7;

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
    var fetching = new Fetching(listener);
    try {
      return fetching.snapshot(teamId);
    } catch (HeadwayException refused) {
      if (refused.code() == ErrorCode.INVALID_INPUT) {
        fetching.paths.forEach(client::doubt); // what does not fit together may do so in a minute
      }
      throw refused;
    }
  }

  /** The documents of one snapshot, one after the other. Used by one thread. */
  private final class Fetching {
    private final FetchListener listener;
    private final List<String> paths = new ArrayList<>();
    private final StringBuilder checksums = new StringBuilder();
    private int fetched;
    private int documents = FIXED_DOCUMENTS;

    Fetching(FetchListener listener) {
      this.listener = listener;
    }

    SeasonSnapshot snapshot(int teamId) throws InterruptedException {
      var shared = fetch("bootstrap-static/");
      var bootstrap = Documents.read("bootstrap-static", shared.body(), Bootstrap.class);
      var recent = recent(bootstrap);
      documents += recent.size();
      told("bootstrap-static");
      var matches = fetch("fixtures/").body();
      var fixtures = Documents.readList("fixtures", matches, new TypeReference<List<Fixture>>() {});
      told("fixtures");
      var status = read("event-status", "event-status/", EventStatus.class);
      told("event-status");
      var team = team(teamId);
      var played = played(recent);
      var snapshot =
          new SeasonSnapshot(
              DataSource.LIVE,
              shared.madeAt(),
              shared.checkedAt(),
              clock.instant(),
              bootstrap,
              fixtures,
              status,
              played,
              team,
              StoredSource.sha256(checksums.toString().getBytes(StandardCharsets.UTF_8)));
      SnapshotCheck.require(snapshot);
      return snapshot;
    }

    /* After one gameweek alone the season's totals say all of it. */
    private static List<Integer> recent(Bootstrap bootstrap) {
      int current = bootstrap.current().map(Gameweek::id).orElse(0);
      int first = Math.max(1, current - SeasonSnapshot.RECENT + 1);
      return current < 2 ? List.of() : IntStream.rangeClosed(first, current).boxed().toList();
    }

    private Map<Integer, GameweekLive> played(List<Integer> gameweeks) throws InterruptedException {
      var played = new HashMap<Integer, GameweekLive>();
      for (int gameweek : gameweeks) {
        var found = found("event/" + gameweek + "/live/");
        if (found.isPresent()) {
          var name = "live gameweek " + gameweek;
          played.put(
              gameweek, Documents.read(name, counted(found.get()).body(), GameweekLive.class));
        }
        told("gameweek " + gameweek);
      }
      return played;
    }

    private TeamDocuments team(int teamId) throws InterruptedException {
      var path = "entry/" + teamId + "/";
      var entry = Documents.read("entry", fetch(path, "Team " + teamId).body(), Entry.class);
      told("entry");
      var history = read("entry history", path + "history/", EntryHistory.class);
      told("entry history");
      var picks = picks(entry, path);
      told("picks");
      var transfers = transfers(path);
      told("transfers");
      return new TeamDocuments(entry, history, picks, transfers);
    }

    private @Nullable List<Transfer> transfers(String path) throws InterruptedException {
      var found = found(path + "transfers/");
      if (found.isEmpty()) {
        return null;
      }
      var body = counted(found.get()).body();
      return Documents.readList("transfers", body, new TypeReference<List<Transfer>>() {});
    }

    private @Nullable Picks picks(Entry entry, String path) throws InterruptedException {
      var current = entry.currentEvent();
      if (current == null) {
        return null;
      }
      var picks = picks(path, current);
      // A free hit's squad was for one gameweek; the one before it is the team's.
      return picks.ofFreeHit() && current > entry.startedEvent() ? picks(path, current - 1) : picks;
    }

    private Picks picks(String path, int gameweek) throws InterruptedException {
      return read("picks", path + "event/" + gameweek + "/picks/", Picks.class);
    }

    private <T> T read(String name, String path, Class<T> type) throws InterruptedException {
      return Documents.read(name, fetch(path).body(), type);
    }

    private FetchedDocument fetch(String path) throws InterruptedException {
      return fetch(path, "The document " + path);
    }

    private FetchedDocument fetch(String path, String what) throws InterruptedException {
      return counted(found(path).orElseThrow(() -> HeadwayException.notFound(what)));
    }

    private Optional<FetchedDocument> found(String path) throws InterruptedException {
      paths.add(path);
      return client.fetch(path);
    }

    private FetchedDocument counted(FetchedDocument document) {
      checksums.append(StoredSource.sha256(document.body().getBytes(StandardCharsets.UTF_8)));
      return document;
    }

    private void told(String document) {
      fetched++;
      listener.fetched(fetched, documents, document);
    }
  }
}
