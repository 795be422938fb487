package dev.headway.fpl.plan.search;

import dev.headway.fpl.plan.ChipOption;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.rules.Position;
import java.util.Comparator;
import java.util.List;

/**
 * An upper bound on every plan's value, without a search: the best players of each position
 * whatever they cost, all of them counting and the captain three times, in every week, and what
 * chips bring by a price below 0. Far from any real plan; it stands in until the first relaxation
 * is solved.
 */
final class Ceiling {
  private Ceiling() {}

  /** The ceiling of a request. */
  static double of(PlanRequest request) {
    var weights = request.weights();
    double insured =
        1
            + weights.caution()
                * (weights.vice() + Math.max(weights.benchKeeper(), weights.benchOutfield()));
    double sum = weights.caution() * weights.savedValue(request.rules().freeTransferCap());
    sum += weights.caution() * request.chips().stream().mapToDouble(Ceiling::most).sum();
    for (int week = 0; week < request.horizon(); week++) {
      var best = best(request, week);
      double all = best.stream().mapToDouble(points -> points).sum();
      double captain = best.stream().mapToDouble(points -> points).max().orElse(0);
      sum += weights.ofWeek(week) * (insured * all + 2 * captain);
    }
    return sum;
  }

  private static double most(ChipOption option) {
    return option.holdValues().stream()
        .mapToDouble(price -> -price)
        .filter(p -> p > 0)
        .max()
        .orElse(0);
  }

  private static List<Double> best(PlanRequest request, int week) {
    return List.of(Position.values()).stream()
        .flatMap(position ->
            request.candidates().stream()
                .filter(candidate -> candidate.position() == position)
                .map(candidate -> Math.max(0, candidate.points(week)))
                .sorted(Comparator.reverseOrder())
                .limit(request.rules().quota(position).select()))
        .toList();
  }
}
