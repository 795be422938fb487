package dev.headway.filling.strategy;

import dev.headway.filling.model.Problem;
import java.util.Comparator;
import java.util.stream.IntStream;

/** The simple dispatching rules (Pinedo, <i>Scheduling</i>, chapter 14, for the terms). */
final class DispatchingRules {
  private static final int NONE = DispatchingRule.NONE;

  private DispatchingRules() {}

  /** SPT: the shortest lot of the same type, else of the most frequent type that fits. */
  static int shortestFirst(OpenBlock block, LotPool waiting) {
    if (!block.empty()) {
      var same = waiting.shortest(block.line(), block.lastType(), block.room(block.lastType()));
      if (same != NONE) {
        return same;
      }
    }
    var best = NONE;
    var frequency = 0;
    for (var type = 0; type < block.problem().typeCount(); type++) {
      if (waiting.count(type) > frequency) {
        var lot = waiting.shortest(block.line(), type, block.room(type));
        if (lot != NONE) {
          best = lot;
          frequency = waiting.count(type);
        }
      }
    }
    return best;
  }

  /** LPT: the longest lot of the same type that fits, else the longest of all that fit. */
  static int longestFirst(OpenBlock block, LotPool waiting) {
    if (!block.empty()) {
      var same = waiting.longest(block.line(), block.lastType(), block.room(block.lastType()));
      if (same != NONE) {
        return same;
      }
    }
    var best = NONE;
    var longest = 0L;
    for (var type = 0; type < block.problem().typeCount(); type++) {
      if (waiting.count(type) > 0) {
        var lot = waiting.longest(block.line(), type, block.room(type));
        if (lot != NONE && block.problem().fill(block.line(), lot) > longest) {
          best = lot;
          longest = block.problem().fill(block.line(), lot);
        }
      }
    }
    return best;
  }

  /**
   * Cluster first, sequence second: the types in falling order of their whole filling time, each
   * ended before the next is begun, its longest lot that fits first.
   */
  static DispatchingRule clustersFirst(Problem problem) {
    var work = new long[problem.typeCount()];
    for (var lot = 0; lot < problem.lotCount(); lot++) {
      work[problem.typeOf(lot)] += problem.shortestFill(lot);
    }
    var clusters =
        IntStream.range(0, work.length)
            .boxed()
            .sorted(Comparator.comparingLong((Integer type) -> -work[type]))
            .toList();
    return (block, waiting) -> {
      for (int type : clusters) {
        if (waiting.count(type) > 0) {
          var lot = waiting.longest(block.line(), type, block.room(type));
          if (lot != NONE || !block.empty()) {
            return lot;
          }
        }
      }
      return NONE;
    };
  }
}
