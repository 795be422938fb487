package dev.headway.fpl.robust;

import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.plan.search.PlanValues;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * The standing of an advised plan among other plans when the projections change. Nothing is
 * searched: each plan keeps its transfers and chips, line-ups and captains are chosen anew. So it
 * takes a fraction of a second, and knows nothing of plans that were not found. Immutable.
 */
public final class Standing {
  /** The trials of {@link #share}; its standard error is at most 3.6 per cent. */
  private static final int TRIALS = 200;

  private static final int STEPS = 12;

  private final PlanRequest question;
  private final List<PlannedWeek> advised;
  private final List<List<PlannedWeek>> others;

  /**
   * The standing of a plan.
   *
   * @param question what was asked
   * @param advised the plan
   * @param others plans that begin otherwise
   */
  public Standing(PlanRequest question, List<PlannedWeek> advised, List<List<PlannedWeek>> others) {
    this.advised = List.copyOf(advised);
    this.others = List.copyOf(others);
    this.question = question.withCandidates(named(question));
  }

  private List<Candidate> named(PlanRequest question) {
    var named = new HashSet<Integer>();
    Stream.concat(Stream.of(advised), others.stream())
        .flatMap(List::stream)
        .forEach(week -> {
          named.addAll(week.squad());
          named.addAll(week.bought()); // with a free hit another squad plays
        });
    return question.candidates().stream().filter(c -> c.owned() || named.contains(c.id())).toList();
  }

  /**
   * The share of other projections, about as likely ({@link Perturbation}), for which no other plan
   * is better; 0 to 1.
   */
  public double share() {
    int ahead = 0;
    for (int trial = 1; trial <= TRIALS; trial++) {
      if (lead(Perturbation.of(question, trial), others) >= 0) {
        ahead++;
      }
    }
    return (double) ahead / TRIALS;
  }

  /**
   * The part of his projection that a player may lose before a plan that begins without buying him
   * is better, 0 to 1; empty where none is, however little he scores, and where there is no such
   * plan.
   */
  public OptionalDouble mayLose(int player) {
    var without = others.stream().filter(plan -> !buys(plan, player)).toList();
    if (without.isEmpty() || lead(with(player, 0), without) >= 0) {
      return OptionalDouble.empty();
    }
    double kept = 0;
    double lost = 1;
    for (int step = 0; step < STEPS; step++) {
      double middle = (kept + lost) / 2;
      if (lead(with(player, 1 - middle), without) >= 0) {
        kept = middle;
      } else {
        lost = middle;
      }
    }
    return OptionalDouble.of(kept);
  }

  private static boolean buys(List<PlannedWeek> plan, int player) {
    return plan.getFirst().bought().contains(player);
  }

  private PlanRequest with(int player, double share) {
    return question.withCandidates(
        question.candidates().stream()
            .map(c -> c.id() == player ? c.withPoints(scaled(c, share)) : c)
            .toList());
  }

  private static List<Double> scaled(Candidate candidate, double share) {
    return candidate.points().stream().map(points -> share * points).toList();
  }

  /* By how much the plan is ahead of the best of the others. */
  private double lead(PlanRequest projections, List<List<PlannedWeek>> rivals) {
    double best =
        rivals.stream()
            .mapToDouble(plan -> PlanValues.of(projections, plan))
            .max()
            .orElse(Double.NEGATIVE_INFINITY);
    return PlanValues.of(projections, advised) - best;
  }
}
