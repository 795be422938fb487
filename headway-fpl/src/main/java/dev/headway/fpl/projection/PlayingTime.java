package dev.headway.fpl.projection;

import dev.headway.fpl.data.Fixture;
import dev.headway.fpl.data.Gameweek;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.rules.Position;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The share of a match that a player plays when he is available: the mean over his club's matches
 * since he joined it, a recent one counting more, and a guess by his price for who has hardly
 * played.
 *
 * <pre>
 * share = (P × guess + Σ w^age × minutes / 90) / (P + Σ w^age)
 * </pre>
 *
 * <p>w = 0.6 a match and P = 0.5 matches were chosen by replaying the season 2024-25 (see
 * docs/benchmarks/fpl.md). Where only the season's minutes are known, each match counts the same
 * and the guess as two of them. Immutable.
 */
final class PlayingTime {
  private static final double RECENT = 0.6;
  private static final double GUESS = 0.5;
  private static final double GUESS_WITHOUT_MATCHES = 2;
  private static final int MATCH = 90;

  private final List<Fixture> finished;
  private final List<Integer> gameweeks; // whose minutes are known, the newest first
  private final Map<Integer, Map<Integer, Integer>> minutes = new HashMap<>(); // by gameweek, id

  PlayingTime(SeasonSnapshot season) {
    finished = season.fixtures().stream().filter(Fixture::finishedProvisional).toList();
    season.played().forEach((gameweek, live) -> minutes.put(gameweek, live.minutes()));
    gameweeks =
        season.bootstrap().events().stream()
            .map(Gameweek::id)
            .filter(minutes::containsKey)
            .sorted(Comparator.reverseOrder())
            .toList();
  }

  /** The share of a match, 0 to 1. */
  double share(Player player) {
    double weights = GUESS;
    double played = GUESS * guess(player);
    double weight = 1;
    for (int gameweek : gameweeks) {
      long matches = matches(player, gameweek);
      double each = matches == 0 ? 0 : minutes(player, gameweek) / (double) matches;
      for (int match = 0; match < matches; match++) {
        weights += weight;
        played += weight * Math.min(1, each / MATCH);
        weight *= RECENT;
      }
    }
    return weight < 1 ? played / weights : shareOfTheSeason(player);
  }

  private double shareOfTheSeason(Player player) {
    long matches = finished.stream().filter(f -> counts(f, player)).count();
    if (player.minutes() > MATCH * matches) { // some of them for another club of the league
      matches = finished.stream().filter(f -> f.involves(player.team())).count();
    }
    double minutes = player.minutes() + MATCH * GUESS_WITHOUT_MATCHES * guess(player);
    return Math.min(1, minutes / (MATCH * (matches + GUESS_WITHOUT_MATCHES)));
  }

  private long matches(Player player, int gameweek) {
    return finished.stream()
        .filter(f -> Integer.valueOf(gameweek).equals(f.event()) && counts(f, player))
        .count();
  }

  private int minutes(Player player, int gameweek) {
    return minutes.getOrDefault(gameweek, Map.of()).getOrDefault(player.id(), 0);
  }

  /* Matches of his club before he came say nothing of how much he plays. */
  private static boolean counts(Fixture match, Player player) {
    var joined = player.teamJoinDate();
    var kickoff = match.kickoffTime();
    return match.involves(player.team())
        && (joined == null
            || kickoff == null
            || !LocalDate.ofInstant(kickoff, ZoneOffset.UTC).isBefore(joined));
  }

  /* The price says who is meant to start. */
  private static double guess(Player player) {
    int cheapest = player.position() == Position.GOALKEEPER ? 38 : 40;
    return Math.clamp(0.3 + 0.04 * (player.nowCost() - cheapest), 0.15, 0.9);
  }
}
