package dev.headway.fpl.projection;

import dev.headway.fpl.data.Fixture;
import dev.headway.fpl.data.Gameweek;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.data.SeasonSnapshot;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The model of projected points. For each match that a player's club has in the gameweek:
 *
 * <pre>
 * points = rate × share of minutes × availability × fixture factor
 * rate   = (1 − e) × price prior + e × (0.35 form + 0.35 points per game + 0.30 expected involvement)
 * e      = matches played / (matches played + 8)
 * </pre>
 *
 * <p>The share of minutes is {@link PlayingTime}'s. The shrinkage towards a prior follows the usual
 * empirical-Bayes form n / (n + k); k = 8 matches was chosen by replaying the season 2024-25, the
 * prior and the fixture factor (12 % per step of difficulty from 3) are the model's assumptions.
 * Immutable.
 */
public final class ModelProjections implements Projections {
  private static final double FORM = 0.35;
  private static final double PER_GAME = 0.35;
  private static final double INVOLVEMENT = 0.30;
  private static final double PRIOR_MATCHES = 8;
  private static final double STEP_OF_DIFFICULTY = 0.12;
  private static final int NEUTRAL_DIFFICULTY = 3;
  private static final double APPEARANCE_POINTS = 2;
  private static final double CLEAN_SHEET_CHANCE = 0.28;
  private static final int ASSIST_POINTS = 3;
  private static final int MATCH = 90;

  private final Map<Integer, Player> players;
  private final Map<Integer, Availability> availabilities = new HashMap<>();
  private final Map<Integer, Instant> deadlines;
  private final List<Fixture> fixtures;
  private final PlayingTime playing;
  private final int next;

  /**
   * The model over a season.
   *
   * @param overrides what the user knows better
   * @throws dev.headway.core.error.HeadwayException when an override names nobody or several
   */
  public ModelProjections(SeasonSnapshot season, List<InjuryOverride> overrides) {
    var bootstrap = season.bootstrap();
    players = bootstrap.elements().stream().collect(Collectors.toMap(Player::id, p -> p));
    deadlines =
        bootstrap.events().stream().collect(Collectors.toMap(Gameweek::id, Gameweek::deadlineTime));
    fixtures = season.fixtures();
    playing = new PlayingTime(season);
    next = bootstrap.next().map(Gameweek::id).orElse(1);
    players.values().forEach(p -> availabilities.put(p.id(), Availability.of(p, season.now())));
    availabilities.putAll(InjuryOverrides.resolve(bootstrap, overrides));
  }

  @Override
  public String origin() {
    return "model";
  }

  @Override
  public Projection of(int playerId, int gameweek) {
    var player = players.get(playerId);
    var deadline = deadlines.get(gameweek);
    if (player == null || deadline == null) {
      throw new IllegalArgumentException(
          "No player %d or no gameweek %d".formatted(playerId, gameweek));
    }
    var matches =
        fixtures.stream()
            .filter(f -> Integer.valueOf(gameweek).equals(f.event()) && f.involves(player.team()))
            .toList();
    double availability = availability(player).at(Math.max(0, gameweek - next), deadline);
    double share = playing.share(player);
    var breakdown = breakdown(player, matches, share, availability);
    double minutes = MATCH * share * availability * matches.size();
    return new Projection(playerId, gameweek, breakdown.total(), minutes, breakdown);
  }

  private Breakdown breakdown(
      Player player, List<Fixture> matches, double share, double availability) {
    int n = matches.size();
    double played = (double) player.minutes() / MATCH;
    double evidence = played / (played + PRIOR_MATCHES);
    double form = n * evidence * FORM * player.form();
    double perGame = n * evidence * PER_GAME * player.pointsPerGame();
    double involved = n * evidence * INVOLVEMENT * involvement(player);
    double price = n * (1 - evidence) * prior(player);
    double whole = form + perGame + involved + price;
    double expected = whole * share * availability;
    double ease =
        matches.stream()
            .mapToDouble(f -> NEUTRAL_DIFFICULTY - f.difficultyFor(player.team()))
            .map(steps -> steps * STEP_OF_DIFFICULTY)
            .average()
            .orElse(0);
    return new Breakdown(
        form,
        perGame,
        involved,
        price,
        -whole * (1 - share),
        -whole * share * (1 - availability),
        expected * ease);
  }

  /* Points per full match from expected goals and assists, appearance and clean sheets. */
  private static double involvement(Player player) {
    if (player.minutes() == 0) {
      return 0;
    }
    var position = player.position();
    double returns =
        player.expectedGoals() * position.goalPoints() + player.expectedAssists() * ASSIST_POINTS;
    return APPEARANCE_POINTS
        + CLEAN_SHEET_CHANCE * position.cleanSheetPoints()
        + returns * MATCH / Math.max(MATCH, player.minutes());
  }

  /* What a starter of this price is assumed to score in a neutral match. */
  private static double prior(Player player) {
    double millions = player.nowCost() / 10.0;
    return switch (player.position()) {
      case GOALKEEPER -> 2.9 + 0.60 * Math.max(0, millions - 3.8);
      case DEFENDER -> 2.6 + 0.70 * Math.max(0, millions - 3.8);
      case MIDFIELDER -> 2.8 + 0.42 * Math.max(0, millions - 4.0);
      case FORWARD -> 2.8 + 0.38 * Math.max(0, millions - 4.0);
    };
  }

  private Availability availability(Player player) {
    var availability = availabilities.get(player.id());
    if (availability == null) {
      throw new IllegalStateException("No availability of player " + player.id());
    }
    return availability;
  }
}
