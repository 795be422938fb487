package dev.headway.fpl.chip;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.LineUps;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.rules.Chip;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The points that each chip adds in a gameweek of one season, to those of a team that has made two
 * transfers for that gameweek.
 *
 * <ul>
 *   <li>bench boost: the bench's points
 *   <li>triple captain: the captain's
 *   <li>free hit: what the best eleven for the whole money scores more than the team
 *   <li>wildcard: see {@link WildcardGains}
 * </ul>
 */
final class ChipGains {
  /** Transfers that are made for the gameweek of a chip. */
  private static final int TRANSFERS = 2;

  private final RestOfSeason rest;
  private final LineUps lineUps;
  private final BudgetTeam money;
  private final Team team;
  private final WildcardGains wildcards;
  private final List<Double> prices; // of money in each week, by what is projected

  ChipGains(RestOfSeason rest) {
    this.rest = rest;
    this.lineUps = new LineUps(rest.rules(), PlanWeights.pointsOnly());
    this.money = new BudgetTeam(rest.rules(), lineUps, rest.players());
    var owned = rest.players().stream().filter(Candidate::owned).toList();
    var squad = owned.isEmpty() ? money.squad(rest.budget(), ChipGains::mean) : owned;
    int worth = squad.stream().mapToInt(Candidate::sellingPrice).sum();
    this.team = new Team(squad, rest.budget() - worth);
    this.wildcards = new WildcardGains(rest, lineUps, money, team);
    var season = SimulatedSeason.projected(rest);
    this.prices =
        IntStream.range(0, rest.gameweeks())
            .mapToObj(week -> money.price(rest.budget(), c -> season.points(c, week)))
            .toList();
  }

  /**
   * The points that each chip adds in each gameweek, at least 0.
   *
   * @param from the first gameweek that is asked about, from 0; nothing is said of those before
   */
  List<Map<Chip, Double>> of(SimulatedSeason season, int from) {
    var rebuilt = wildcards.of(season, from);
    return IntStream.range(0, rest.gameweeks())
        .mapToObj(week -> week < from ? Map.<Chip, Double>of() : of(week, season, rebuilt[week]))
        .toList();
  }

  private Map<Chip, Double> of(int week, SimulatedSeason season, double rebuilt) {
    ToDoubleFunction<Candidate> points = c -> season.points(c, week);
    var prepared = prepared(points);
    var lineUp = lineUps.best(prepared, points);
    var eleven = money.starters(prices.get(week), points);
    double more = best(eleven, points) - LineUps.points(lineUp, prepared, points);
    return new EnumMap<>(
        Map.of(
            Chip.BENCH_BOOST, sum(lineUp.bench(), prepared, points),
            Chip.TRIPLE_CAPTAIN, sum(List.of(lineUp.captain()), prepared, points),
            Chip.FREE_HIT, Math.max(0, more),
            Chip.WILDCARD, rebuilt));
  }

  private static double mean(Candidate candidate) {
    return candidate.points().stream().mapToDouble(points -> points).average().orElse(0);
  }

  /* The team with the best two transfers for a gameweek, one after the other. */
  private List<Candidate> prepared(ToDoubleFunction<Candidate> points) {
    var market =
        rest.players().stream().sorted(Comparator.comparingDouble(points).reversed()).toList();
    var prepared = team;
    for (int made = 0; made < TRANSFERS; made++) {
      prepared = prepared.improved(market, points);
    }
    return prepared.players();
  }

  private double best(List<Candidate> team, ToDoubleFunction<Candidate> points) {
    return LineUps.points(lineUps.best(team, points), team, points);
  }

  private static double sum(
      List<Integer> ids, List<Candidate> team, ToDoubleFunction<Candidate> points) {
    return team.stream().filter(c -> ids.contains(c.id())).mapToDouble(points).sum();
  }
}
