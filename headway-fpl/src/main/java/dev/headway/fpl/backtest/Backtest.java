package dev.headway.fpl.backtest;

import dev.headway.fpl.backtest.BacktestReport.Arrivals;
import dev.headway.fpl.backtest.BacktestReport.Bin;
import dev.headway.fpl.backtest.BacktestReport.Eleven;
import dev.headway.fpl.data.Player;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.LineUps;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.projection.ModelProjections;
import dev.headway.fpl.projection.Projection;
import dev.headway.fpl.rules.SquadRules;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * Replays a season gameweek by gameweek: projects every player from what was known before the
 * deadline, fields the best eleven by it, whatever they cost, and counts what they scored. The same
 * eleven by points per game stands beside it, of all players and of those who have played two
 * thirds of their club's last three matches.
 */
public final class Backtest {
  private static final int LAST_MATCHES = 3;
  private static final int REGULAR = 180;
  private static final int BINS = 7;

  private final SeasonArchive archive;
  private final Replay replay;
  private final LineUps lineUps = new LineUps(SquadRules.standard(), PlanWeights.pointsOnly());
  private final List<Forecast> forecasts = new ArrayList<>();
  private final Map<Eleven, Double> totals = new EnumMap<>(Eleven.class);

  private Backtest(SeasonArchive archive) {
    this.archive = archive;
    this.replay = new Replay(archive);
  }

  /** A projection and what became of it. */
  private record Forecast(
      Projection projection, double perGame, double scored, double played, boolean arrival) {}

  /**
   * Replays the gameweeks of a folder.
   *
   * @param folder a season in the layout of the public archives
   * @param first first gameweek that is projected, from 4
   * @param last last gameweek
   * @throws dev.headway.core.error.HeadwayException when the folder cannot be read
   */
  public static BacktestReport run(Path folder, int first, int last) {
    var backtest = new Backtest(SeasonArchive.read(folder));
    int until = Math.min(last, backtest.archive.lastGameweek());
    int weeks = 0;
    for (int gameweek = first; gameweek <= until; gameweek++) {
      if (!backtest.replay.played(gameweek).isEmpty()) {
        backtest.replay(gameweek);
        weeks++;
      }
    }
    return backtest.report(first, until, weeks);
  }

  private void replay(int gameweek) {
    var season = replay.before(gameweek);
    var model = new ModelProjections(season, List.of());
    var players = season.bootstrap().elements();
    var scored = sums(gameweek, PlayedMatch::points);
    var minutes = sums(gameweek, PlayedMatch::minutes);
    var projected = new HashMap<Integer, Double>();
    for (var player : players) {
      var projection = model.of(player.id(), gameweek);
      projected.put(player.id(), projection.points());
      forecasts.add(
          new Forecast(
              projection,
              player.pointsPerGame(),
              scored.getOrDefault(player.id(), 0),
              minutes.getOrDefault(player.id(), 0),
              arrived(player)));
    }
    var regulars = players.stream().filter(player -> regular(player, gameweek)).toList();
    field(Eleven.MODEL, players, p -> projected.getOrDefault(p.id(), 0.0), scored);
    field(Eleven.PER_GAME, players, Player::pointsPerGame, scored);
    field(Eleven.REGULARS, regulars, Player::pointsPerGame, scored);
    field(Eleven.HINDSIGHT, players, p -> scored.getOrDefault(p.id(), 0), scored);
  }

  private Map<Integer, Integer> sums(int gameweek, ToIntFunction<PlayedMatch> figure) {
    return replay.played(gameweek).stream()
        .collect(Collectors.groupingBy(PlayedMatch::player, Collectors.summingInt(figure)));
  }

  /* He joined his club after the season's first deadline. */
  private boolean arrived(Player player) {
    var joined = player.teamJoinDate();
    return joined != null
        && joined.isAfter(LocalDate.ofInstant(replay.deadline(1), ZoneOffset.UTC));
  }

  private boolean regular(Player player, int gameweek) {
    var past = replay.before(player.id(), gameweek);
    var last = past.subList(Math.max(0, past.size() - LAST_MATCHES), past.size());
    return last.stream().mapToInt(PlayedMatch::minutes).sum() >= REGULAR;
  }

  private void field(
      Eleven by,
      List<Player> players,
      ToDoubleFunction<Player> points,
      Map<Integer, Integer> scored) {
    var candidates =
        players.stream()
            .map(p ->
                new Candidate(
                    p.id(),
                    p.position(),
                    p.team(),
                    p.nowCost(),
                    p.nowCost(),
                    false,
                    List.of(points.applyAsDouble(p))))
            .toList();
    var eleven = lineUps.best(candidates, candidate -> candidate.points(0)).starters();
    double total = eleven.stream().mapToInt(id -> scored.getOrDefault(id, 0)).sum();
    totals.merge(by, total, Double::sum);
  }

  private BacktestReport report(int first, int last, int weeks) {
    var elevens = new EnumMap<Eleven, Double>(Eleven.class);
    totals.forEach((by, total) -> elevens.put(by, total / weeks));
    var bins = new ArrayList<Bin>();
    for (int from = 0; from < BINS; from++) {
      bin(from).ifPresent(bins::add);
    }
    return new BacktestReport(
        first,
        last,
        elevens,
        bins,
        error(f -> f.projection().points()),
        error(Forecast::perGame),
        arrivals());
  }

  private Optional<Bin> bin(int from) {
    var within =
        forecasts.stream()
            .filter(f -> Math.clamp((long) f.projection().points(), 0, BINS - 1) == from)
            .toList();
    if (within.isEmpty()) {
      return Optional.empty();
    }
    double projected = mean(within, f -> f.projection().points());
    return Optional.of(new Bin(from, within.size(), projected, mean(within, Forecast::scored)));
  }

  private double error(ToDoubleFunction<Forecast> forecast) {
    return Math.sqrt(mean(forecasts, f -> Math.pow(forecast.applyAsDouble(f) - f.scored(), 2)));
  }

  private Arrivals arrivals() {
    var late = forecasts.stream().filter(Forecast::arrival).toList();
    return new Arrivals(
        late.size(), mean(late, f -> f.projection().minutes()), mean(late, Forecast::played));
  }

  private static double mean(List<Forecast> forecasts, ToDoubleFunction<Forecast> figure) {
    return forecasts.stream().mapToDouble(figure).average().orElse(0);
  }
}
