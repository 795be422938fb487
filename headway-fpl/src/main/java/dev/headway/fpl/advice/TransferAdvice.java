package dev.headway.fpl.advice;

import dev.headway.fpl.advice.DecisionOutput.PlannedTransfer;
import dev.headway.fpl.advice.DecisionOutput.TransferRecommendation;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlannedWeek;
import dev.headway.fpl.rules.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the transfers of a plan into words. */
final class TransferAdvice {
  private final SearchOutcome outcome;

  TransferAdvice(SearchOutcome outcome) {
    this.outcome = outcome;
  }

  /** The transfers to make now, best first; the last ones bear the hits. */
  List<TransferRecommendation> recommendations() {
    var week = outcome.now();
    var swaps =
        swaps(week).stream().sorted(Comparator.comparingDouble(Swap::gain).reversed()).toList();
    int free = swaps.size() - week.hits();
    var recommendations = new ArrayList<TransferRecommendation>();
    for (int i = 0; i < swaps.size(); i++) {
      int hit = i < free ? 0 : outcome.position().rules().hitCost();
      recommendations.add(recommendation(swaps.get(i), hit));
    }
    return recommendations;
  }

  /** The transfers of a week of the plan. */
  List<PlannedTransfer> transfers(PlannedWeek week) {
    return swaps(week).stream()
        .map(swap ->
            new PlannedTransfer(swap.out().id(), name(swap.out()), swap.in().id(), name(swap.in())))
        .toList();
  }

  private TransferRecommendation recommendation(Swap swap, int hit) {
    var position = outcome.position();
    int last = position.gameweekOf(position.horizon() - 1);
    double saved = (swap.out().sellingPrice() - swap.in().price()) / 10.0;
    var money =
        saved >= 0 ? "leaves %.1fm in the bank".formatted(saved) : "costs %.1fm".formatted(-saved);
    var reason =
        "%s is projected %.1f points over gameweeks %d to %d, %s %.1f; the move %s%s"
            .formatted(
                name(swap.in()),
                total(swap.in()),
                position.gameweek(),
                last,
                name(swap.out()),
                total(swap.out()),
                money,
                hit == 0 ? "" : " and costs " + hit + " points");
    return new TransferRecommendation(
        swap.out().id(),
        name(swap.out()),
        swap.in().id(),
        name(swap.in()),
        swap.in().position().label(),
        Rounding.points(swap.gain() - hit),
        hit,
        mayFall(swap),
        reason);
  }

  private @Nullable Double mayFall(Swap swap) {
    var share = outcome.standing().mayLose(swap.in().id());
    return share.isEmpty() ? null : Rounding.points(100 * share.getAsDouble());
  }

  /* A squad's quotas make as many come as go in each position. */
  private List<Swap> swaps(PlannedWeek week) {
    var swaps = new ArrayList<Swap>();
    if (week.sold().isEmpty()) {
      return swaps; // a first squad
    }
    for (var position : Position.values()) {
      var in = ranked(week.bought(), position);
      var out = ranked(week.sold(), position);
      for (int i = 0; i < in.size(); i++) {
        swaps.add(new Swap(out.get(i), in.get(i), total(in.get(i)) - total(out.get(i))));
      }
    }
    return swaps;
  }

  private List<Candidate> ranked(List<Integer> ids, Position position) {
    return outcome.roster().candidates(ids).stream()
        .filter(c -> c.position() == position)
        .sorted(Comparator.comparingDouble(TransferAdvice::total).reversed())
        .toList();
  }

  private static double total(Candidate candidate) {
    return candidate.points().stream().mapToDouble(p -> p).sum();
  }

  private String name(Candidate candidate) {
    return outcome.roster().name(candidate.id());
  }

  private record Swap(Candidate out, Candidate in, double gain) {}
}
