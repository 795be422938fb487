package dev.headway.filling.strategy;

import dev.headway.filling.model.Problem;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The urgency of lots by their due dates: the index of apparent tardiness cost (Vepsalainen and
 * Morton, 1987), {@code priority ÷ fill × exp(−slack ÷ (2 × mean fill))}. A lot that others come
 * after is as urgent as these make it.
 */
final class Urgency {
  private static final double LOOK_AHEAD = 2;

  /** Lots at least this share as urgent as the most urgent one are left to the rule. */
  private static final double NEARLY = 0.5;

  private final Problem problem;
  private final long[] due;
  private final int[] priority;
  private final double meanFill;

  Urgency(Problem problem) {
    this.problem = problem;
    var lots = problem.lotCount();
    due = IntStream.range(0, lots).mapToLong(lot -> firmDue(problem, lot)).toArray();
    priority = IntStream.range(0, lots).map(problem::priority).toArray();
    meanFill = IntStream.range(0, lots).mapToLong(problem::shortestFill).average().orElseThrow();
    // A chain of n lots is known after at most n − 1 passes; most have two or three.
    var changed = true;
    for (var pass = 0; changed && pass < lots; pass++) {
      changed = passOn();
    }
  }

  private static long firmDue(Problem problem, int lot) {
    return problem.lockedStart(lot) == Problem.NEVER
        ? problem.due(lot)
        : problem.lockedStart(lot) + problem.shortestFill(lot);
  }

  private boolean passOn() {
    var changed = false;
    for (var lot = 0; lot < due.length; lot++) {
      var before = problem.after(lot);
      if (before >= 0 && due[lot] < Problem.NEVER) {
        var latest = due[lot] - problem.shortestFill(lot);
        changed |= latest < due[before] || priority[lot] > priority[before];
        due[before] = Math.min(due[before], latest);
        priority[before] = Math.max(priority[before], priority[lot]);
      }
    }
    return changed;
  }

  /**
   * The lots that should be filled first at a moment; all of them while none would be late if
   * another block came first.
   */
  List<Integer> first(List<Integer> lots, int line, long now) {
    var soon = now + problem.cleaning() + problem.window(line);
    if (lots.stream().noneMatch(lot -> due[lot] - problem.fill(line, lot) < soon)) {
      return lots;
    }
    var most = lots.stream().mapToDouble(lot -> index(lot, line, now)).max().orElse(0);
    return lots.stream().filter(lot -> index(lot, line, now) >= NEARLY * most).toList();
  }

  private double index(int lot, int line, long now) {
    if (due[lot] == Problem.NEVER) {
      return 0;
    }
    var fill = problem.fill(line, lot);
    var slack = Math.max(0, due[lot] - fill - now);
    return priority[lot] * meanFill / fill * Math.exp(-slack / (LOOK_AHEAD * meanFill));
  }
}
