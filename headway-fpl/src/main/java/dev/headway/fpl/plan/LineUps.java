package dev.headway.fpl.plan;

import dev.headway.fpl.rules.Position;
import dev.headway.fpl.rules.SquadRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The best line-up of a given squad. Exact: within a position the best play, so one line-up per
 * formation is enough, and formations are few.
 */
public final class LineUps {
  private final PlanWeights weights;
  private final List<Map<Position, Integer>> formations;

  /** Line-ups by these rules and weights. */
  public LineUps(SquadRules rules, PlanWeights weights) {
    this.weights = weights;
    this.formations = formations(rules);
  }

  /** The best line-up of a squad, given each player's points. */
  public LineUp best(List<Candidate> squad, ToDoubleFunction<Candidate> points) {
    var byPosition = ranked(squad, points);
    LineUp best = null;
    double bestValue = Double.NEGATIVE_INFINITY;
    for (var formation : formations) {
      if (!enough(byPosition, formation)) {
        continue;
      }
      var lineUp = fielded(byPosition, formation, points);
      double value = value(lineUp, squad, points);
      if (best == null || value > bestValue + 1e-12) {
        best = lineUp;
        bestValue = value;
      }
    }
    if (best == null) {
      throw new IllegalStateException("The rules allow no formation of these players");
    }
    return best;
  }

  /** Everybody's points count, as with a bench boost; captain and vice-captain must start. */
  public LineUp everybody(List<Candidate> squad, ToDoubleFunction<Candidate> points) {
    var starting = best(squad, points);
    var all = new ArrayList<Candidate>();
    ranked(squad, points).values().forEach(all::addAll);
    return new LineUp(ids(all), List.of(), starting.captain(), starting.vice());
  }

  /** Points of a line-up: the starters' and the captain's once more. */
  public static double points(
      LineUp lineUp, List<Candidate> squad, ToDoubleFunction<Candidate> points) {
    double sum = 0;
    for (var candidate : squad) {
      if (lineUp.starters().contains(candidate.id())) {
        sum += points.applyAsDouble(candidate) * (candidate.id() == lineUp.captain() ? 2 : 1);
      }
    }
    return sum;
  }

  /** Weighted value of a line-up: its points and what vice-captain and bench insure. */
  public double value(LineUp lineUp, List<Candidate> squad, ToDoubleFunction<Candidate> points) {
    double insured = 0;
    for (var candidate : squad) {
      double p = points.applyAsDouble(candidate);
      if (lineUp.bench().contains(candidate.id())) {
        insured += p * benchWeight(candidate.position());
      } else if (candidate.id() == lineUp.vice()) {
        insured += p * weights.vice();
      }
    }
    return points(lineUp, squad, points) + weights.caution() * insured;
  }

  /** Share of a substitute's points that counts. */
  double benchWeight(Position position) {
    return position == Position.GOALKEEPER ? weights.benchKeeper() : weights.benchOutfield();
  }

  private static boolean enough(
      Map<Position, List<Candidate>> byPosition, Map<Position, Integer> formation) {
    return formation.entrySet().stream()
        .allMatch(
            place -> byPosition.getOrDefault(place.getKey(), List.of()).size() >= place.getValue());
  }

  private LineUp fielded(
      Map<Position, List<Candidate>> byPosition,
      Map<Position, Integer> formation,
      ToDoubleFunction<Candidate> points) {
    var starters = new ArrayList<Candidate>();
    var keepers = new ArrayList<Candidate>();
    var outfield = new ArrayList<Candidate>();
    byPosition.forEach((position, ranked) -> {
      int playing = formation.getOrDefault(position, 0);
      starters.addAll(ranked.subList(0, playing));
      (position == Position.GOALKEEPER ? keepers : outfield)
          .addAll(ranked.subList(playing, ranked.size()));
    });
    var order = byPoints(points);
    var leaders = starters.stream().sorted(order).toList();
    outfield.sort(order);
    keepers.addAll(outfield);
    return new LineUp(ids(starters), ids(keepers), leaders.get(0).id(), leaders.get(1).id());
  }

  private static List<Map<Position, Integer>> formations(SquadRules rules) {
    var partial = List.<Map<Position, Integer>>of(Map.of());
    for (var position : Position.values()) {
      var longer = new ArrayList<Map<Position, Integer>>();
      for (var formation : partial) {
        for (int n = rules.quota(position).minPlay(); n <= rules.quota(position).maxPlay(); n++) {
          var extended = new EnumMap<Position, Integer>(Position.class);
          extended.putAll(formation);
          extended.put(position, n);
          longer.add(extended);
        }
      }
      partial = longer;
    }
    return partial.stream()
        .filter(f -> f.values().stream().mapToInt(n -> n).sum() == rules.starters())
        .toList();
  }

  private static Map<Position, List<Candidate>> ranked(
      List<Candidate> squad, ToDoubleFunction<Candidate> points) {
    var byPosition = new EnumMap<Position, List<Candidate>>(Position.class);
    for (var position : Position.values()) {
      byPosition.put(
          position,
          squad.stream().filter(c -> c.position() == position).sorted(byPoints(points)).toList());
    }
    return byPosition;
  }

  private static Comparator<Candidate> byPoints(ToDoubleFunction<Candidate> points) {
    return Comparator.comparingDouble(points).reversed().thenComparingInt(Candidate::id);
  }

  private static List<Integer> ids(List<Candidate> candidates) {
    return candidates.stream().map(Candidate::id).toList();
  }
}
