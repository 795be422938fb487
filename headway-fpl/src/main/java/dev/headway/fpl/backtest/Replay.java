package dev.headway.fpl.backtest;

import dev.headway.fpl.data.Bootstrap;
import dev.headway.fpl.data.Club;
import dev.headway.fpl.data.DataSource;
import dev.headway.fpl.data.Entry;
import dev.headway.fpl.data.EntryHistory;
import dev.headway.fpl.data.EventStatus;
import dev.headway.fpl.data.Fixture;
import dev.headway.fpl.data.GameSettings;
import dev.headway.fpl.data.Gameweek;
import dev.headway.fpl.data.GameweekLive;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.TeamDocuments;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A played season as its documents stood before the deadline of a gameweek. Who was injured is not
 * in the archives, so everybody is available.
 */
final class Replay {
  private static final Duration BEFORE_KICKOFF = Duration.ofMinutes(90);
  private static final Duration FORM = Duration.ofDays(30);

  private final SeasonArchive archive;
  private final Map<Integer, Instant> deadlines = new HashMap<>();
  private final Map<Integer, List<PlayedMatch>> byPlayer;
  private final Map<Integer, List<PlayedMatch>> byGameweek;

  Replay(SeasonArchive archive) {
    this.archive = archive;
    this.byPlayer = archive.matches().stream().collect(Collectors.groupingBy(PlayedMatch::player));
    this.byGameweek =
        archive.matches().stream().collect(Collectors.groupingBy(PlayedMatch::gameweek));
    for (var fixture : archive.fixtures()) {
      var kickoff = fixture.kickoffTime();
      var event = fixture.event();
      if (kickoff != null && event != null) {
        deadlines.merge(event, kickoff.minus(BEFORE_KICKOFF), (a, b) -> a.isBefore(b) ? a : b);
      }
    }
  }

  /** The matches of a gameweek's players; two of one player are two. */
  List<PlayedMatch> played(int gameweek) {
    return byGameweek.getOrDefault(gameweek, List.of());
  }

  /** The matches of a player before a gameweek, in their order. */
  List<PlayedMatch> before(int player, int gameweek) {
    return byPlayer.getOrDefault(player, List.of()).stream()
        .filter(match -> match.gameweek() < gameweek)
        .toList();
  }

  /** The season before the deadline of a gameweek. */
  SeasonSnapshot before(int gameweek) {
    var now = deadline(gameweek);
    return new SeasonSnapshot(
        DataSource.UPLOADED,
        now,
        now,
        now,
        bootstrap(gameweek),
        fixtures(gameweek),
        new EventStatus("Updated", List.of()),
        live(gameweek),
        NOBODY,
        "");
  }

  private static final TeamDocuments NOBODY =
      new TeamDocuments(
          new Entry(1, "", null, 1, null, null),
          new EntryHistory(List.of(), List.of()),
          null,
          null);

  /** The deadline of a gameweek. */
  Instant deadline(int gameweek) {
    return deadlines.getOrDefault(gameweek, Instant.EPOCH);
  }

  private Bootstrap bootstrap(int gameweek) {
    var events =
        deadlines.keySet().stream()
            .sorted()
            .map(gw ->
                new Gameweek(gw, deadline(gw), gw < gameweek, gw == gameweek - 1, gw == gameweek))
            .toList();
    var clubs =
        archive.clubs().entrySet().stream()
            .map(club -> new Club(club.getValue(), club.getKey(), club.getKey()))
            .toList();
    var settings = new GameSettings(15, 11, 3, 1000, 4, 0.5, false);
    return new Bootstrap(events, clubs, List.of(), settings, List.of(), players(gameweek));
  }

  private List<Player> players(int gameweek) {
    var now = new HashMap<Integer, PlayedMatch>();
    played(gameweek).forEach(match -> now.putIfAbsent(match.player(), match));
    return now.values().stream()
        .filter(match -> archive.people().containsKey(match.player()))
        .sorted(Comparator.comparingInt(PlayedMatch::player))
        .map(match -> player(match, before(match.player(), gameweek)))
        .toList();
  }

  private Player player(PlayedMatch now, List<PlayedMatch> past) {
    var person = Objects.requireNonNull(archive.people().get(now.player()));
    int points = past.stream().mapToInt(PlayedMatch::points).sum();
    long appearances = past.stream().filter(match -> match.minutes() > 0).count();
    var since = deadline(now.gameweek()).minus(FORM);
    double form =
        past.stream()
            .filter(match -> match.kickoff().isAfter(since))
            .mapToInt(PlayedMatch::points)
            .average()
            .orElse(0);
    return new Player(
        now.player(),
        person.name(),
        "",
        person.name(),
        now.club(),
        person.position().elementType(),
        now.price(),
        0,
        "a",
        "",
        null,
        null,
        tenth(form),
        appearances == 0 ? 0 : tenth((double) points / appearances),
        past.stream().mapToInt(PlayedMatch::minutes).sum(),
        past.stream().mapToDouble(PlayedMatch::expectedGoals).sum(),
        past.stream().mapToDouble(PlayedMatch::expectedAssists).sum(),
        false,
        joined(person, now.gameweek()),
        null);
  }

  /* The archives know the last club alone; whoever joins it later was at another one. */
  private @Nullable LocalDate joined(SeasonArchive.Person person, int gameweek) {
    var joined = person.joined();
    var today = LocalDate.ofInstant(deadline(gameweek), ZoneOffset.UTC);
    return joined == null || joined.isAfter(today) ? null : joined;
  }

  /* The game states both in tenths. */
  private static double tenth(double value) {
    return Math.round(value * 10) / 10.0;
  }

  private List<Fixture> fixtures(int gameweek) {
    return archive.fixtures().stream()
        .map(f -> f.event() != null && f.event() < gameweek ? finished(f) : f)
        .toList();
  }

  private static Fixture finished(Fixture f) {
    return new Fixture(
        f.id(),
        f.event(),
        f.kickoffTime(),
        f.teamH(),
        f.teamA(),
        f.teamHDifficulty(),
        f.teamADifficulty(),
        true);
  }

  private Map<Integer, GameweekLive> live(int gameweek) {
    return IntStream.range(Math.max(1, gameweek - SeasonSnapshot.RECENT), gameweek)
        .boxed()
        .collect(Collectors.toMap(gw -> gw, this::minutes));
  }

  private GameweekLive minutes(int gameweek) {
    var minutes = new HashMap<Integer, Integer>();
    played(gameweek).forEach(match -> minutes.merge(match.player(), match.minutes(), Integer::sum));
    var rows = new ArrayList<GameweekLive.LivePlayer>();
    minutes.forEach((id, played) ->
        rows.add(new GameweekLive.LivePlayer(id, new GameweekLive.LiveStats(played))));
    return new GameweekLive(rows);
  }
}
