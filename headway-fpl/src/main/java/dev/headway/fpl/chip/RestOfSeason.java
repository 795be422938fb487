package dev.headway.fpl.chip;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.rules.SquadRules;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The gameweeks from a plan's first to the last that is asked about, with what is known of them.
 *
 * @param rules the rules
 * @param first the first gameweek
 * @param horizon the number of gameweeks that are the plan's
 * @param bank money in hand, in tenths of a million
 * @param players everybody who can be had, with projected points for each gameweek
 * @param matches those that are not played yet
 */
public record RestOfSeason(
    SquadRules rules,
    int first,
    int horizon,
    int bank,
    List<Candidate> players,
    List<Match> matches) {
  /** Copies the lists. */
  public RestOfSeason {
    players = List.copyOf(players);
    matches = List.copyOf(matches);
  }

  /**
   * A match of two clubs, by their ids.
   *
   * @param gameweek its gameweek; null while it has no date
   */
  public record Match(int home, int away, @Nullable Integer gameweek) {
    boolean involves(int club) {
      return home == club || away == club;
    }
  }

  /** The number of gameweeks, those of the plan among them. */
  int gameweeks() {
    return players.isEmpty() ? 0 : players.getFirst().points().size();
  }

  /** Money in hand once the whole squad were sold; the game's budget for a team without one. */
  int budget() {
    return bank + players.stream().filter(Candidate::owned).mapToInt(Candidate::sellingPrice).sum();
  }

  /** These with other players. */
  RestOfSeason withPlayers(List<Candidate> others) {
    return new RestOfSeason(rules, first, horizon, bank, others, matches);
  }

  /** The matches that have no gameweek yet. */
  List<Match> undated() {
    return matches.stream().filter(match -> match.gameweek() == null).toList();
  }

  /**
   * The same with each player's usual points for every match of a gameweek for which nobody is
   * projected anything, as beyond the last gameweek of a table.
   */
  RestOfSeason completed() {
    var empty =
        IntStream.range(0, gameweeks())
            .filter(week -> players.stream().allMatch(player -> player.points(week) == 0))
            .boxed()
            .collect(Collectors.toSet());
    return empty.isEmpty()
        ? this
        : withPlayers(players.stream().map(player -> completed(player, empty)).toList());
  }

  private Candidate completed(Candidate player, Set<Integer> empty) {
    double usual = usual(player);
    return player.withPoints(
        IntStream.range(0, gameweeks())
            .mapToObj(week ->
                empty.contains(week) ? usual * matches(player.club(), week) : player.points(week))
            .toList());
  }

  private long matches(int club, int week) {
    return matches.stream()
        .filter(
            match -> match.involves(club) && Integer.valueOf(first + week).equals(match.gameweek()))
        .count();
  }

  /** The mean points of a player in the gameweeks in which he is expected to score at all. */
  static double usual(Candidate player) {
    return player.points().stream()
        .mapToDouble(points -> points)
        .filter(points -> points > 0)
        .average()
        .orElse(0);
  }
}
