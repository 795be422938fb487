package dev.headway.filling.bound;

import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A lower bound on the makespan by counting, without a search; {@link DatesBound} adds what dates
 * and calendars take.
 *
 * <p>Let s be the shortest changeover within a type and d the shortest between types, but s ≤ d. A
 * block of n lots of k types takes at least {@code clean + Σ fill + s·(n − 1) + (d − s)·(k − 1)},
 * and equally much when the changeovers are of these two kinds and its lots grouped by type. With N
 * lots in B blocks and K the sum of the blocks' numbers of types, all blocks take
 *
 * <pre>Σ fill + s·N + (clean − d)·B + (d − s)·K</pre>
 *
 * and fit their windows w only if {@code Σ (fill + s) + (d − s)·K ≤ (w + d)·B}. So this is bin
 * packing with class set-ups; B and each type's share of K are bounded by the bound of {@link
 * BinPacking}, with fills and windows taken at their most favourable line. What several lines can
 * take within a makespan is bounded by {@link LineCapacity}. {@link PigeonholeBound} counts the
 * lots of the fullest line, and {@link InboundBound} is sharper where changeovers are a matrix.
 */
public final class LowerBound {
  private final Problem problem;
  private final int lots;
  private final long[] fill;
  private final long window;
  private final long same;
  private final long different;
  private final int[] blocksOfType;
  private final int blocks;

  /** Bounds for a problem. */
  public LowerBound(Problem problem) {
    this.problem = problem;
    lots = problem.lotCount();
    var lines = problem.lineCount();
    fill =
        IntStream.range(0, lots)
            .mapToLong(lot ->
                IntStream.range(0, lines).mapToLong(i -> problem.fill(i, lot)).min().orElseThrow())
            .toArray();
    window = IntStream.range(0, lines).mapToLong(problem::window).max().orElseThrow();
    var within = shortestChangeover(true);
    var between = shortestChangeover(false);
    same = Math.min(within, between);
    different = between == Long.MAX_VALUE ? same : between;
    blocksOfType = packTypes();
    blocks = packAll();
  }

  /**
   * Microseconds that no plan's {@linkplain dev.headway.filling.model.Plan#cost cost} can go below.
   */
  public static long of(Problem problem) {
    return of(problem, makespanOf(problem));
  }

  /**
   * The same from a bound on the makespan that takes no account of dates.
   *
   * @param makespan microseconds
   */
  public static long of(Problem problem, long makespan) {
    return problem.timed() ? DatesBound.of(problem, makespan) : makespan;
  }

  private static long makespanOf(Problem problem) {
    var bound = new LowerBound(problem);
    var counted = PigeonholeBound.of(problem, bound.fill, bound.same);
    var averaged = Math.max(bound.makespan(), counted);
    return switch (problem.settings().changeovers()) {
      case Changeovers.ByKind _ -> averaged;
      case Changeovers.Matrix _ -> Math.max(averaged, InboundBound.of(problem, bound.fill));
    };
  }

  private long shortestChangeover(boolean within) {
    return switch (problem.settings().changeovers()) {
      case Changeovers.ByKind(var sameType, var otherType) ->
          within ? sameType : problem.typeCount() > 1 ? otherType : Long.MAX_VALUE;
      case Changeovers.Matrix _ -> shortestOfTable(within);
    };
  }

  private long shortestOfTable(boolean within) {
    var shortest = Long.MAX_VALUE;
    for (var from = 0; from < problem.typeCount(); from++) {
      for (var to = 0; to < problem.typeCount(); to++) {
        if (within == (from == to)) {
          shortest = Math.min(shortest, problem.changeover(from, to));
        }
      }
    }
    return shortest;
  }

  /** How many blocks there are at least. */
  public int blocks() {
    return blocks;
  }

  /** How many blocks have lots of a type at least. */
  public int blocksOfType(int type) {
    return blocksOfType[type];
  }

  /** Microseconds that no plan's makespan can go below. */
  public long makespan() {
    var types = typesInBlocks();
    var longestLot = LongStream.of(fill).max().orElseThrow() + problem.cleaning();
    var spread = Long.MAX_VALUE;
    for (var used = 1; used <= Math.min(problem.lineCount(), lots); used++) {
      spread = Math.min(spread, Math.ceilDiv(work(Math.max(blocks, used), types), used));
    }
    var atLeast = Math.max(longestLot, spread);
    var work = LongStream.of(fill).sum() + same * lots;
    var capacity =
        new LineCapacity(
            IntStream.range(0, problem.lineCount()).mapToLong(problem::window).toArray(),
            problem.cleaning(),
            lots,
            blocks);
    // Blocks have at least as many types as the types need blocks, and at least one each.
    var withTypes = capacity.shortest(work + (different - same) * types, different, atLeast);
    return capacity.shortest(work, same, withTypes);
  }

  /** The least time of all blocks when there are at least so many. */
  private long work(int blocks, int types) {
    // Linear between the breakpoints, so one of them has the minimum.
    return IntStream.of(blocks, Math.clamp(types, blocks, lots), lots)
        .mapToLong(count ->
            LongStream.of(fill).sum()
                + same * lots
                + (problem.cleaning() - different) * count
                + (different - same) * Math.max(types, count))
        .min()
        .orElseThrow();
  }

  /** The least sum of the blocks' numbers of types: each type needs blocks enough for itself. */
  private int typesInBlocks() {
    return IntStream.of(blocksOfType).sum();
  }

  private int[] packTypes() {
    var sizes = new ArrayList<LongStream.Builder>();
    IntStream.range(0, problem.typeCount()).forEach(_ -> sizes.add(LongStream.builder()));
    for (var lot = 0; lot < lots; lot++) {
      sizes.get(problem.typeOf(lot)).add(fill[lot] + same);
    }
    return sizes.stream()
        .mapToInt(type -> BinPacking.lowerBound(type.build().toArray(), window + same))
        .toArray();
  }

  private int packAll() {
    var sizes = Arrays.stream(fill).map(time -> time + same).toArray();
    var least = BinPacking.lowerBound(sizes, window + same);
    var total = LongStream.of(sizes).sum();
    var types = typesInBlocks();
    while (total + (different - same) * Math.max(types, least) > (window + different) * least) {
      least++;
    }
    return least;
  }
}
