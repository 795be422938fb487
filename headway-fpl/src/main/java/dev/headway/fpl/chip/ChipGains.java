package dev.headway.fpl.chip;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.LineUps;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.rules.Chip;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The points that each chip adds in a gameweek of one season, to those of a team that has made two
 * transfers for that gameweek.
 *
 * <ul>
 *   <li>bench boost: the bench's points
 *   <li>triple captain: the captain's
 *   <li>free hit: what the best eleven for the whole money scores more than the team
 *   <li>wildcard: the same, in its first gameweek
 * </ul>
 */
final class ChipGains {
  /** Transfers that are made for the gameweek of a chip. */
  private static final int TRANSFERS = 2;

  private final RestOfSeason rest;
  private final LineUps lineUps;
  private final BudgetTeam money;
  private final List<Candidate> squad;
  private final List<Double> prices; // of money in each week, by what is projected

  ChipGains(RestOfSeason rest) {
    this.rest = rest;
    this.lineUps = new LineUps(rest.rules(), PlanWeights.pointsOnly());
    this.money = new BudgetTeam(rest.rules(), lineUps, rest.players());
    var owned = rest.players().stream().filter(Candidate::owned).toList();
    this.squad = owned.isEmpty() ? money.squad(rest.budget(), ChipGains::mean) : owned;
    var season = SimulatedSeason.projected(rest);
    this.prices =
        IntStream.range(0, rest.gameweeks())
            .mapToObj(week -> money.price(rest.budget(), c -> of(c, season)[week]))
            .toList();
  }

  /**
   * The points that each chip adds in a gameweek, at least 0.
   *
   * @param season points by player and gameweek, counted from the plan's first
   */
  Map<Chip, Double> of(int week, Map<Integer, double[]> season) {
    ToDoubleFunction<Candidate> points = c -> of(c, season)[week];
    var team = prepared(points);
    var lineUp = lineUps.best(team, points);
    var eleven = money.starters(prices.get(week), points);
    double more = best(eleven, points) - LineUps.points(lineUp, team, points);
    return new EnumMap<>(
        Map.of(
            Chip.BENCH_BOOST, sum(lineUp.bench(), team, points),
            Chip.TRIPLE_CAPTAIN, sum(List.of(lineUp.captain()), team, points),
            Chip.FREE_HIT, Math.max(0, more),
            Chip.WILDCARD, Math.max(0, more)));
  }

  private static double[] of(Candidate player, Map<Integer, double[]> season) {
    return Objects.requireNonNull(season.get(player.id()));
  }

  private static double mean(Candidate candidate) {
    return candidate.points().stream().mapToDouble(points -> points).average().orElse(0);
  }

  /* The squad with the best two transfers for a gameweek, one after the other. */
  private List<Candidate> prepared(ToDoubleFunction<Candidate> points) {
    var ranked =
        rest.players().stream().sorted(Comparator.comparingDouble(points).reversed()).toList();
    var team = new ArrayList<>(squad);
    int bank = rest.budget() - squad.stream().mapToInt(Candidate::sellingPrice).sum();
    for (int made = 0; made < TRANSFERS; made++) {
      Candidate sold = null;
      Candidate bought = null;
      double most = 0;
      for (var out : team) {
        var in = replacement(out, bank, team, ranked);
        double gain = in == null ? 0 : points.applyAsDouble(in) - points.applyAsDouble(out);
        if (gain > most) {
          most = gain;
          sold = out;
          bought = in;
        }
      }
      if (sold == null || bought == null) {
        break;
      }
      team.remove(sold);
      team.add(bought);
      bank += sold.sellingPrice() - bought.price();
    }
    return team;
  }

  private static @Nullable Candidate replacement(
      Candidate out, int bank, List<Candidate> team, List<Candidate> ranked) {
    for (var in : ranked) {
      if (in.position() == out.position()
          && in.price() <= out.sellingPrice() + bank
          && !team.contains(in)) {
        return in;
      }
    }
    return null;
  }

  private double best(List<Candidate> team, ToDoubleFunction<Candidate> points) {
    return LineUps.points(lineUps.best(team, points), team, points);
  }

  private static double sum(
      List<Integer> ids, List<Candidate> team, ToDoubleFunction<Candidate> points) {
    return team.stream().filter(c -> ids.contains(c.id())).mapToDouble(points).sum();
  }
}
