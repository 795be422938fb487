package dev.headway.fpl.data;

import dev.headway.core.error.Defect;
import dev.headway.core.error.HeadwayException;
import dev.headway.fpl.rules.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Checks whether a snapshot can be trusted. Everything that is wrong is named at once: a
 * recommendation from half a season would be worse than none.
 */
final class SnapshotCheck {
  private static final int CLUBS = 20;
  private static final int GAMEWEEKS = 38;
  private static final int CHEAPEST = 30;
  private static final int DEAREST = 200;
  private static final Duration STALE = Duration.ofDays(3);

  /* Enough to see the pattern; a truncated document can have thousands. */
  private static final int MOST_DEFECTS = 20;

  private final SeasonSnapshot snapshot;
  private final List<Defect> defects = new ArrayList<>();

  private SnapshotCheck(SeasonSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  /**
   * Requires a trustworthy snapshot.
   *
   * @throws HeadwayException naming what is wrong
   */
  static void require(SeasonSnapshot snapshot) {
    var check = new SnapshotCheck(snapshot);
    check.age();
    check.bootstrap();
    check.players();
    check.fixtures();
    check.team();
    if (!check.defects.isEmpty()) {
      throw HeadwayException.badInput(
          check.defects.subList(0, Math.min(MOST_DEFECTS, check.defects.size())));
    }
  }

  private void age() {
    var age = Duration.between(snapshot.capturedAt(), snapshot.now());
    if (age.compareTo(STALE) > 0) {
      require(
          false,
          "The %s season is stale: taken at %s, %d days ago; 3 days at most. Fetch it again"
              .formatted(snapshot.source().key(), snapshot.capturedAt(), age.toDays()));
    }
    require(
        age.compareTo(Duration.ofDays(-1)) >= 0,
        "The season was taken in the future, at %s".formatted(snapshot.capturedAt()));
    snapshot
        .bootstrap()
        .next()
        .ifPresent(next ->
            require(
                next.deadlineTime().isAfter(snapshot.now()),
                "The season is stale: the next deadline it knows, %s, has passed"
                    .formatted(next.deadlineTime())));
    require(
        !snapshot.eventStatus().updating(),
        "The game is being updated; its figures do not fit together. Try again in an hour");
  }

  private void bootstrap() {
    var bootstrap = snapshot.bootstrap();
    int clubs = bootstrap.teams().size();
    require(clubs == CLUBS, "The season has %d clubs, not %d".formatted(clubs, CLUBS));
    int weeks = bootstrap.events().size();
    require(weeks == GAMEWEEKS, "The season has %d gameweeks, not %d".formatted(weeks, GAMEWEEKS));
    require(bootstrap.next().isPresent(), "The season has no next gameweek: it is over");
    int positions = bootstrap.elementTypes().size();
    require(
        positions == Position.values().length,
        "There are %d positions, not 4".formatted(positions));
    int smallest = bootstrap.gameSettings().squadSquadsize() * CLUBS;
    int players = bootstrap.elements().size();
    require(
        players >= smallest, "The season has %d players; %d at least".formatted(players, smallest));
  }

  private void players() {
    var clubs = snapshot.bootstrap().teams().stream().map(Club::id).collect(Collectors.toSet());
    var seen = new HashSet<Integer>();
    for (var player : snapshot.bootstrap().elements()) {
      int id = player.id();
      require(seen.add(id), "Player %d is there twice".formatted(id));
      require(clubs.contains(player.team()), "Player %d: no club %d".formatted(id, player.team()));
      int type = player.elementType();
      require(type >= 1 && type <= 4, "Player %d: no position %d".formatted(id, type));
      int price = player.nowCost();
      require(
          price >= CHEAPEST && price <= DEAREST,
          "Player %d: the price %d is absurd".formatted(id, price));
      require(
          player.minutes() >= 0 && player.minutes() <= GAMEWEEKS * 130,
          "Player %d: %d minutes are absurd".formatted(id, player.minutes()));
      chance(player);
      var selected = player.selectedByPercent();
      require(
          selected == null || (selected >= 0 && selected <= 100),
          "Player %d: selected by %s %% is absurd".formatted(id, selected));
    }
  }

  private void chance(Player player) {
    var chance = player.chanceOfPlayingNextRound();
    require(
        chance == null || (chance >= 0 && chance <= 100),
        "Player %d: a chance of %s %% is absurd".formatted(player.id(), chance));
  }

  private void fixtures() {
    var clubs = snapshot.bootstrap().teams().stream().map(Club::id).collect(Collectors.toSet());
    int matches = CLUBS * (CLUBS - 1);
    int found = snapshot.fixtures().size();
    require(found == matches, "The season has %d matches, not %d".formatted(found, matches));
    for (var fixture : snapshot.fixtures()) {
      fixture(fixture, clubs);
    }
  }

  private void fixture(Fixture fixture, Set<Integer> clubs) {
    int id = fixture.id();
    require(clubs.contains(fixture.teamH()), "Match %d: no club %d".formatted(id, fixture.teamH()));
    require(clubs.contains(fixture.teamA()), "Match %d: no club %d".formatted(id, fixture.teamA()));
    require(fixture.teamH() != fixture.teamA(), "Match %d: a club against itself".formatted(id));
    var event = fixture.event();
    require(
        event == null || (event >= 1 && event <= GAMEWEEKS),
        "Match %d: no gameweek %s".formatted(id, event));
    for (int difficulty : List.of(fixture.teamHDifficulty(), fixture.teamADifficulty())) {
      require(
          difficulty >= 1 && difficulty <= 5, "Match %d: difficulty %d".formatted(id, difficulty));
    }
  }

  private void team() {
    var team = snapshot.team();
    if (team.picks() != null) {
      squad(team.entry(), team.picks().picks());
    }
    history(team);
  }

  private void squad(Entry entry, List<Picks.Pick> picks) {
    int size = snapshot.bootstrap().gameSettings().squadSquadsize();
    require(
        picks.size() == size,
        "The squad of team %d has %d players".formatted(entry.id(), picks.size()));
    var seen = new HashSet<Integer>();
    for (var pick : picks) {
      int id = pick.element();
      require(seen.add(id), "The squad of team %d has player %d twice".formatted(entry.id(), id));
      require(
          snapshot.bootstrap().player(id).isPresent(),
          "The squad of team %d has a player %d that the season does not know"
              .formatted(entry.id(), id));
    }
  }

  private void history(TeamDocuments team) {
    for (var row : team.history().current()) {
      require(
          row.event() >= 1 && row.event() <= GAMEWEEKS && row.bank() >= 0,
          "The history of team %d is absurd in gameweek %d"
              .formatted(team.entry().id(), row.event()));
    }
    for (var play : team.history().chips()) {
      require(
          play.event() >= 1 && play.event() <= GAMEWEEKS,
          "The history of team %d has a chip in gameweek %d"
              .formatted(team.entry().id(), play.event()));
    }
  }

  private void require(boolean holds, String message) {
    if (!holds) {
      defects.add(Defect.of(message));
    }
  }
}
