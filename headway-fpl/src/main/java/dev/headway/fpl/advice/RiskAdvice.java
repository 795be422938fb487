package dev.headway.fpl.advice;

import dev.headway.fpl.advice.DecisionOutput.RiskScenario;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.LineUp;
import dev.headway.fpl.plan.LineUps;
import dev.headway.fpl.plan.PlanListener;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlanSolver;
import dev.headway.fpl.plan.PlanWeights;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.plan.Restriction;
import dev.headway.fpl.rules.Chip;
import dev.headway.fpl.rules.Position;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The risks of a plan, each by a search of its own. For each starter two answers bound the loss of
 * his absence: known before the deadline, the gameweek is planned again without his points,
 * transfers and hits included; not known, the substitutes come on by the game's rules and the
 * vice-captain leads.
 */
final class RiskAdvice {
  private static final double HIGH = 4;
  private static final double MEDIUM = 2;

  private final SearchOutcome outcome;
  private final LineUp lineUp;
  private final PlanSolver solver;
  private final Duration limit;

  RiskAdvice(SearchOutcome outcome, LineUp lineUp, PlanSolver solver, Duration limit) {
    this.outcome = outcome;
    this.lineUp = lineUp;
    this.solver = solver;
    this.limit = limit;
  }

  /** The starters whose absence is asked about. */
  List<Integer> starters() {
    return lineUp.starters();
  }

  /** The best points of the gameweek when everybody plays. */
  double whole(PlanListener listener) {
    return best(Set.of(), listener);
  }

  /**
   * The scenario of a starter's absence.
   *
   * @param whole {@link #whole}
   */
  RiskScenario absence(int absent, double whole, PlanListener listener) {
    double planned = LineUps.points(lineUp, squad(), c -> c.points(0));
    double unknown = planned - afterSubstitutions(absent);
    double known = Math.max(0, whole - best(Set.of(absent), listener));
    return scenario(
        "%s does not play".formatted(outcome.roster().name(absent)),
        Math.min(known, unknown),
        Math.max(known, unknown));
  }

  /** The scenario of following the next best plan instead. */
  List<RiskScenario> nextBest() {
    var alternative = outcome.alternative();
    if (alternative == null || alternative.weeks().isEmpty()) {
      return List.of();
    }
    double least = outcome.best().objective() - outcome.alternativeBound();
    double most = outcome.best().bound() - alternative.objective();
    var condition = "Instead " + DecisionText.of(outcome).decision(alternative.weeks().getFirst());
    return List.of(scenario(condition, Math.max(0, least), most));
  }

  private RiskScenario scenario(String condition, double least, double most) {
    var level = most >= HIGH ? "HIGH" : most >= MEDIUM ? "MEDIUM" : "LOW";
    return new RiskScenario(
        condition, List.of(Rounding.points(least), Rounding.points(most)), level);
  }

  private double best(Set<Integer> absent, PlanListener listener) {
    return solver.solve(without(absent), listener).objective();
  }

  /* The rest of the gameweek's transfers can still be made. */
  private PlanRequest without(Set<Integer> absent) {
    var squad = new HashSet<>(outcome.now().squad());
    var candidates = new ArrayList<Candidate>();
    for (var c : outcome.roster().everybody()) {
      double points = absent.contains(c.id()) ? 0 : c.points(0);
      boolean owned = squad.contains(c.id());
      candidates.add(
          new Candidate(
              c.id(),
              c.position(),
              c.club(),
              c.price(),
              owned ? c.sellingPrice() : c.price(),
              owned,
              List.of(points)));
    }
    var now = outcome.now();
    return new PlanRequest(
        outcome.position().rules(),
        candidates,
        1,
        now.chip() == Chip.FREE_HIT ? 0 : now.bank(),
        freeTransfersLeft(now),
        List.of(),
        PlanWeights.pointsOnly(),
        outcome.request().restrictions().stream().filter(RiskAdvice::ban).toList(),
        limit);
  }

  private static boolean ban(Restriction demand) {
    return demand instanceof Restriction.NotOwned(_, int first, _) && first == 0;
  }

  private int freeTransfersLeft(PlannedWeek now) {
    return now.chip() == Chip.WILDCARD || outcome.fresh()
        ? outcome.position().rules().freeTransferCap()
        : Math.max(0, now.freeTransfers() - now.bought().size());
  }

  /* The game's automatic substitutions: the first on the bench who keeps the formation allowed. */
  private double afterSubstitutions(int absent) {
    var playing = new ArrayList<>(lineUp.starters());
    playing.remove(Integer.valueOf(absent));
    for (int substitute : lineUp.bench()) {
      if (allowed(playing, substitute)) {
        playing.add(substitute);
        break;
      }
    }
    int captain = absent == lineUp.captain() ? lineUp.vice() : lineUp.captain();
    double sum = points(captain);
    for (int id : playing) {
      sum += points(id);
    }
    return sum;
  }

  private boolean allowed(List<Integer> playing, int substitute) {
    Set<Integer> eleven = new HashSet<>(playing);
    eleven.add(substitute);
    var rules = outcome.position().rules();
    for (var position : Position.values()) {
      long n =
          eleven.stream()
              .filter(id -> outcome.roster().candidate(id).position() == position)
              .count();
      if (n < rules.quota(position).minPlay() || n > rules.quota(position).maxPlay()) {
        return false;
      }
    }
    return true;
  }

  private double points(int id) {
    return outcome.roster().candidate(id).points(0);
  }

  private List<Candidate> squad() {
    return outcome.roster().candidates(outcome.now().squad());
  }
}
