package dev.headway.filling.search;

import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Ruin and recreate (Schrimpf et al., 2000): takes a few blocks apart, or a few lots out, and puts
 * the lots back where they cost least, with blinks (Christiaens and Vanden Berghe, 2020) and
 * record-to-record travel (Dueck, 1993): a plan somewhat worse than the best is gone on from, ever
 * less so within a cycle.
 *
 * <p>The same seed and the same number of rounds give the same plan. Used by one thread.
 */
public final class RuinAndRecreate {
  // Tuned on generated sets of 20 to 200 lots on 1 to 4 lines.
  private static final int CYCLE = 20_000;
  private static final double TOLERANCE = 0.06;
  private static final int MOST_BLOCKS = 4;
  private static final int MOST_LOTS = 8;

  private final Problem problem;
  private final long lowerBound;
  private final Budget budget;
  private final Random random;

  /** How much worse than the best a plan may be: a fraction of the mean lot. */
  private final double tolerance;

  private Draft current;
  private Draft best;

  /** A search that begins at a plan and ends at the lower bound or when the budget is spent. */
  public RuinAndRecreate(Problem problem, Plan start, long lowerBound, Budget budget) {
    this.problem = problem;
    this.lowerBound = lowerBound;
    this.budget = budget;
    random = new Random(problem.settings().run().seed());
    tolerance =
        TOLERANCE
            * IntStream.range(0, problem.lotCount())
                .mapToLong(problem::shortestFill)
                .average()
                .orElseThrow();
    current = Draft.of(problem, start);
    best = current;
  }

  /** The best plan found; never worse than the start. */
  public Plan run() {
    for (var round = 0; best.cost() > lowerBound && !budget.spent(); round++) {
      var candidate = current.copy();
      if (rebuild(candidate)) {
        accept(candidate, 1 - (double) (round % CYCLE) / CYCLE);
      }
    }
    return best.toPlan();
  }

  /** Changes a draft; returns whether every lot has found a place again. */
  private boolean rebuild(Draft draft) {
    var lots = random.nextBoolean() ? removeBlocks(draft) : removeLots(draft);
    order(lots);
    return lots.stream().allMatch(lot -> draft.insert(lot, random));
  }

  private List<Integer> removeBlocks(Draft draft) {
    List<Integer> lots = new ArrayList<>();
    for (var i = Math.min(blockCount(draft), 1 + random.nextInt(MOST_BLOCKS)); i > 0; i--) {
      var line = chooseLine(draft);
      var removed = draft.removeBlock(line, random.nextInt(draft.blockCount(line)));
      for (var lot : removed) {
        lots.add(lot);
      }
    }
    return lots;
  }

  private List<Integer> removeLots(Draft draft) {
    List<Integer> lots = new ArrayList<>();
    for (var i = 1 + random.nextInt(MOST_LOTS); i > 0 && blockCount(draft) > 0; i--) {
      var line = chooseLine(draft);
      var index = random.nextInt(draft.blockCount(line));
      var position = random.nextInt(draft.lots(line, index).length);
      draft.removeLot(line, index, position).ifPresent(lots::add);
    }
    return lots;
  }

  private int blockCount(Draft draft) {
    return IntStream.range(0, problem.lineCount()).map(draft::blockCount).sum();
  }

  /** Often the longest line, for it makes the makespan. */
  private int chooseLine(Draft draft) {
    var line = random.nextBoolean() ? draft.longestLine() : random.nextInt(problem.lineCount());
    while (draft.blockCount(line) == 0) {
      line = random.nextInt(problem.lineCount());
    }
    return line;
  }

  private void order(List<Integer> lots) {
    Collections.shuffle(lots, random);
    Comparator<Integer> longestFirst = Comparator.comparingLong(lot -> -problem.shortestFill(lot));
    switch (random.nextInt(3)) {
      case 0 -> lots.sort(longestFirst);
      case 1 -> lots.sort(Comparator.comparingInt(problem::typeOf).thenComparing(longestFirst));
      case 2 -> {
        // As shuffled.
      }
      default -> throw new AssertionError("nextInt(3) is 0 to 2");
    }
  }

  private void accept(Draft candidate, double temperature) {
    var limit = cost(best) + tolerance * temperature;
    if (cost(candidate) <= limit) {
      current = candidate;
    }
    if (cost(candidate) < cost(best)) {
      var cheaper = candidate.cost() < best.cost();
      best = candidate;
      if (cheaper) {
        budget.listener().improved(best.cost(), lowerBound);
      }
    }
  }

  /**
   * The plan's cost; among equals the one with less work in all is nearer to the next step down.
   */
  private double cost(Draft draft) {
    return draft.cost() + 0.01 * draft.workload() / problem.lineCount();
  }
}
