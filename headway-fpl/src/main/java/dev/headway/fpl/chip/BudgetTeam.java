package dev.headway.fpl.chip;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.LineUps;
import dev.headway.fpl.rules.Position;
import dev.headway.fpl.rules.SquadRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.DoubleToIntFunction;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * The best that money buys, nearly: players ranked by their points less a price of money, the
 * lowest at which the team can be paid (a Lagrangian relaxation of the budget). The limit per club
 * is left out. Immutable.
 *
 * @param rules the rules
 * @param lineUps the line-ups by them
 * @param players everybody who can be had
 */
record BudgetTeam(SquadRules rules, LineUps lineUps, List<Candidate> players) {
  private static final int STEPS = 12;

  /** The price of money at which a budget pays the starters and the cheapest bench. */
  double price(int budget, ToDoubleFunction<Candidate> points) {
    int left = budget - bench();
    return lowest(left, money -> cost(starters(money, points)));
  }

  /** A whole squad for a budget. */
  List<Candidate> squad(int budget, ToDoubleFunction<Candidate> points) {
    return everybody(lowest(budget, money -> cost(everybody(money, points))), points);
  }

  /** The lowest price, in points for a tenth of a million, at which a cost is paid. */
  private static double lowest(int budget, DoubleToIntFunction cost) {
    double low = 0;
    double high = 1;
    for (int step = 0; step < STEPS; step++) {
      double middle = (low + high) / 2;
      if (cost.applyAsInt(middle) > budget) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return high;
  }

  /** The best starters at a price of money. */
  List<Candidate> starters(double money, ToDoubleFunction<Candidate> points) {
    var eleven = lineUps.best(players, c -> points.applyAsDouble(c) - money * c.price()).starters();
    return players.stream().filter(c -> eleven.contains(c.id())).toList();
  }

  private List<Candidate> everybody(double money, ToDoubleFunction<Candidate> points) {
    var squad = new ArrayList<Candidate>();
    for (var position : Position.values()) {
      players.stream()
          .filter(c -> c.position() == position)
          .sorted(
              Comparator.comparingDouble(
                  (Candidate c) -> money * c.price() - points.applyAsDouble(c)))
          .limit(rules.quota(position).select())
          .forEach(squad::add);
    }
    return squad;
  }

  private int bench() {
    return rules.substituteKeepers() * cheapest(BudgetTeam::keeper)
        + rules.substituteOutfield() * cheapest(c -> !keeper(c));
  }

  private int cheapest(Predicate<Candidate> who) {
    return players.stream().filter(who).mapToInt(Candidate::price).min().orElse(0);
  }

  private static boolean keeper(Candidate candidate) {
    return candidate.position() == Position.GOALKEEPER;
  }

  private static int cost(List<Candidate> team) {
    return team.stream().mapToInt(Candidate::price).sum();
  }
}
