package dev.headway.fpl.chip;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.LineUps;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The points that a wildcard adds in a season. By what is expected in its gameweek, the best eleven
 * for the whole money, left as it is, scores so much more, in as many gameweeks as the plan has,
 * than the team that goes on making its best transfer in each, as it has done until then.
 * Immutable.
 */
final class WildcardGains {
  private final RestOfSeason rest;
  private final LineUps lineUps;
  private final BudgetTeam money;
  private final Team first;
  private final List<Double> prices; // of money in each week, by what is projected

  WildcardGains(RestOfSeason rest, LineUps lineUps, BudgetTeam money, Team first) {
    this.rest = rest;
    this.lineUps = lineUps;
    this.money = money;
    this.first = first;
    var season = SimulatedSeason.projected(rest);
    this.prices =
        IntStream.range(0, rest.gameweeks())
            .mapToObj(week -> money.price(rest.budget(), new Outlook(season, week)::mean))
            .toList();
  }

  /**
   * The points that a wildcard adds in each gameweek, at least 0.
   *
   * @param from the first gameweek that is asked about, from 0; before it, 0 is said
   */
  double[] of(SimulatedSeason season, int from) {
    var gains = new double[rest.gameweeks()];
    var team = first;
    for (int week = 0; week < gains.length; week++) {
      var outlook = new Outlook(season, week);
      team = outlook.improved(team);
      gains[week] = week < from ? 0 : Math.max(0, outlook.gain(team, prices.get(week)));
    }
    return gains;
  }

  /** The points expected in a gameweek for it and those after, as many as the plan has. */
  private final class Outlook {
    private final SimulatedSeason season;
    private final int week;
    private final int end;
    private final Map<Integer, Double> means = new HashMap<>(); // by player
    private final List<Candidate> market; // the best first

    Outlook(SimulatedSeason season, int week) {
      this.season = season;
      this.week = week;
      this.end = Math.min(week + rest.horizon(), rest.gameweeks());
      rest.players().forEach(player -> means.put(player.id(), average(player)));
      this.market =
          rest.players().stream()
              .sorted(Comparator.comparingDouble(this::mean).reversed())
              .toList();
    }

    private double average(Candidate player) {
      return IntStream.range(week, end).mapToDouble(at -> points(player, at)).sum() / (end - week);
    }

    private double points(Candidate player, int at) {
      return season.expected(player, at, week);
    }

    double mean(Candidate player) {
      return Objects.requireNonNull(means.get(player.id()));
    }

    /* A transfer of somebody who does not start gains what the new one is above the last who does. */
    Team improved(Team team) {
      var starters = lineUps.best(team.players(), this::mean).starters();
      double last =
          team.players().stream()
              .filter(player -> starters.contains(player.id()))
              .mapToDouble(this::mean)
              .min()
              .orElse(0);
      return team.improved(market, player -> Math.max(last, mean(player)));
    }

    double gain(Team team, double price) {
      var eleven = money.starters(price, this::mean);
      var growing = team;
      double gain = 0;
      for (int at = week; at < end; at++) {
        int gameweek = at;
        growing = at == week ? team : improved(growing);
        ToDoubleFunction<Candidate> expected = player -> points(player, gameweek);
        gain += best(eleven, expected) - best(growing.players(), expected);
      }
      return gain;
    }

    private double best(List<Candidate> team, ToDoubleFunction<Candidate> points) {
      return LineUps.points(lineUps.best(team, points), team, points);
    }
  }
}
