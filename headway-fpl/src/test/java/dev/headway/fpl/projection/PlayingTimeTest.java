package dev.headway.fpl.projection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.headway.fpl.data.Fixture;
import dev.headway.fpl.data.GameweekLive;
import dev.headway.fpl.data.GameweekLive.LivePlayer;
import dev.headway.fpl.data.GameweekLive.LiveStats;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.StoredSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The share of minutes by single gameweeks, after three gameweeks with a match each. */
class PlayingTimeTest {
  private static final SeasonSnapshot SEASON = StoredSource.sample().snapshot(2, (_, _, _) -> {});

  private final Player player = SEASON.bootstrap().elements().getFirst();

  @Test
  void share_dropped_fallsFasterThanItRose() {
    double dropped = share(90, 90, 0);
    double back = share(0, 90, 90);

    assertThat(dropped).isLessThan(0.6);
    assertThat(back).isGreaterThan(0.75);
  }

  @Test
  void share_byHand_weighsTheNewestMost() {
    double guess = guess();

    assertThat(share(0, 45, 90))
        .isCloseTo((0.5 * guess + 1 + 0.6 * 0.5) / (0.5 + 1 + 0.6 + 0.36), within(1e-9));
  }

  @Test
  void share_nothingPlayedOneByOne_isTheSeasons() {
    assertThat(new PlayingTime(SEASON).share(player)).isBetween(0.0, 1.0);
  }

  @Test
  void share_cameFromAnotherClubOfTheLeague_isThatOfAllMatches() {
    var came = SEASON.now().atZone(ZoneOffset.UTC).toLocalDate().plusYears(1);
    int matches = 10;

    double share = new PlayingTime(after(matches, Map.of())).share(joined(450, came));

    assertThat(share)
        .isCloseTo(
            new PlayingTime(after(matches, Map.of())).share(joined(450, null)), within(1e-9));
    assertThat(share).isLessThan(0.6);
  }

  private Player joined(int minutes, @Nullable LocalDate day) {
    return new Player(
        player.id(),
        player.webName(),
        player.firstName(),
        player.secondName(),
        player.team(),
        player.elementType(),
        player.nowCost(),
        player.costChangeStart(),
        player.status(),
        player.news(),
        player.chanceOfPlayingNextRound(),
        player.epNext(),
        player.form(),
        player.pointsPerGame(),
        minutes,
        player.expectedGoals(),
        player.expectedAssists(),
        player.removed(),
        day,
        null);
  }

  /* Nobody's weight is half a match of the guess, so that nothing but it decides. */
  private double guess() {
    return (share(0, 0, 0) * (0.5 + 1 + 0.6 + 0.36)) / 0.5;
  }

  private double share(int... minutes) {
    var played = new HashMap<Integer, GameweekLive>();
    for (int at = 0; at < minutes.length; at++) {
      var row = new LivePlayer(player.id(), new LiveStats(minutes[at]));
      played.put(at + 1, new GameweekLive(List.of(row)));
    }
    return new PlayingTime(after(minutes.length, played)).share(player);
  }

  private static SeasonSnapshot after(int gameweeks, Map<Integer, GameweekLive> played) {
    var fixtures =
        SEASON.fixtures().stream()
            .map(f -> f.event() != null && f.event() <= gameweeks ? finished(f) : f)
            .toList();
    return new SeasonSnapshot(
        SEASON.source(),
        SEASON.capturedAt(),
        SEASON.confirmedAt(),
        SEASON.now(),
        SEASON.bootstrap(),
        fixtures,
        SEASON.eventStatus(),
        played,
        SEASON.team(),
        SEASON.checksum());
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
}
