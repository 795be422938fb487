package dev.headway.filling.bound;

import dev.headway.filling.model.Problem;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A lower bound for changeovers of any kind. Every lot but a block's first follows a changeover
 * that takes at least {@code in}, the shortest to its type. So B blocks take at least
 *
 * <pre>Σ fill + Σ in + clean·B − (the B largest in)</pre>
 *
 * and a block fits its window w only if {@code Σ (fill + in) ≤ w + max in}, which bounds B by bin
 * packing and what several lines can take by {@link LineCapacity}.
 */
final class InboundBound {
  private final Problem problem;
  private final long[] fill;
  private final long[] inbound;
  private final long longest;

  private InboundBound(Problem problem, long[] fill) {
    this.problem = problem;
    this.fill = fill;
    var ofType = shortestToTypes();
    inbound =
        IntStream.range(0, problem.lotCount())
            .mapToLong(lot -> ofType[problem.typeOf(lot)])
            .toArray();
    longest = LongStream.of(inbound).max().orElseThrow();
  }

  /**
   * Microseconds that no plan's makespan can go below.
   *
   * @param fill each lot's filling time on its most favourable line
   */
  static long of(Problem problem, long[] fill) {
    return new InboundBound(problem, fill).makespan();
  }

  private long[] shortestToTypes() {
    var lotsOf = new int[problem.typeCount()];
    IntStream.range(0, problem.lotCount()).forEach(lot -> lotsOf[problem.typeOf(lot)]++);
    return IntStream.range(0, problem.typeCount())
        .mapToLong(to ->
            IntStream.range(0, problem.typeCount())
                .filter(from -> from != to || lotsOf[to] > 1)
                .mapToLong(from -> problem.changeover(from, to))
                .min()
                .orElse(0))
        .toArray();
  }

  private long makespan() {
    var lots = problem.lotCount();
    var windows = IntStream.range(0, problem.lineCount()).mapToLong(problem::window).toArray();
    var sizes = IntStream.range(0, lots).mapToLong(lot -> fill[lot] + inbound[lot]).toArray();
    var widest = LongStream.of(windows).max().orElseThrow();
    var blocks = BinPacking.lowerBound(sizes, widest + longest);
    var work = LongStream.of(sizes).sum();
    var spread = Long.MAX_VALUE;
    for (var used = 1; used <= Math.min(windows.length, lots); used++) {
      var least = work + shortestOfBlocks(Math.max(blocks, used));
      spread = Math.min(spread, Math.ceilDiv(least, used));
    }
    return new LineCapacity(windows, problem.cleaning(), lots, blocks)
        .shortest(work, longest, spread);
  }

  /** The cleans of at least so many blocks, without the changeovers that their first lots spare. */
  private long shortestOfBlocks(int blocks) {
    var sorted = inbound.clone();
    Arrays.sort(sorted);
    var time = 0L;
    for (var block = 1; block <= sorted.length; block++) {
      var step = problem.cleaning() - sorted[sorted.length - block];
      if (block > blocks && step >= 0) {
        break; // more blocks only cost more from here on
      }
      time += step;
    }
    return time;
  }
}
