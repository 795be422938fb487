package dev.headway.filling.search;

import dev.headway.filling.model.Block;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of a line with the moments at which they end. Immutable; what is changed is a new one.
 *
 * @param number of the line
 * @param blocks the lots of each block
 * @param ends when each block ends, microseconds after the schedule's start
 * @param penalties of each block's lots: their weighted tardiness, and what moving them costs
 */
@SuppressWarnings("ArrayRecordComponent") // Never changed or compared.
record TimedLine(Problem problem, int number, int[][] blocks, long[] ends, long[] penalties) {
  /**
   * The line of a plan.
   *
   * @throws IllegalStateException when it cannot be laid out
   */
  static TimedLine of(Problem problem, int number, List<Block> plan) {
    var blocks =
        plan.stream()
            .map(block -> block.lots().stream().mapToInt(lot -> lot).toArray())
            .toArray(int[][]::new);
    var empty = new TimedLine(problem, number, new int[0][], new long[0], new long[0]);
    var line = empty.laidOut(blocks, 0);
    if (line == null) {
      throw new IllegalStateException("Line %d of the plan cannot be laid out.".formatted(number));
    }
    return line;
  }

  int blockCount() {
    return blocks.length;
  }

  int[] lots(int index) {
    return blocks[index];
  }

  /** When its last block ends. */
  long end() {
    return endBefore(blocks.length);
  }

  private long endBefore(int index) {
    return index == 0 ? 0 : ends[index - 1];
  }

  /** The weighted tardiness of its lots, and the cost of those that have moved. */
  long penalty() {
    return Arrays.stream(penalties).sum();
  }

  /** The line without a block, or null when the others cannot be laid out so. */
  @Nullable TimedLine without(int index) {
    var fewer = new int[blocks.length - 1][];
    System.arraycopy(blocks, 0, fewer, 0, index);
    System.arraycopy(blocks, index + 1, fewer, index, fewer.length - index);
    return laidOut(fewer, index);
  }

  /** The line with another block in the place of one, or null when it cannot be laid out. */
  @Nullable TimedLine with(int index, int[] lots) {
    var changed = blocks.clone();
    changed[index] = lots;
    return laidOut(changed, index);
  }

  private @Nullable TimedLine withNew(int index, int lot) {
    var more = new int[blocks.length + 1][];
    System.arraycopy(blocks, 0, more, 0, index);
    more[index] = new int[] {lot};
    System.arraycopy(blocks, index, more, index + 1, blocks.length - index);
    return laidOut(more, index);
  }

  /** Lays blocks out that are this line's before one of them. */
  private @Nullable TimedLine laidOut(int[][] changed, int from) {
    var newEnds = Arrays.copyOf(ends, changed.length);
    var late = Arrays.copyOf(penalties, changed.length);
    var now = endBefore(from);
    var previous = from == 0 ? -1 : changed[from - 1][changed[from - 1].length - 1];
    for (var index = from; index < changed.length; index++) {
      var times = problem.timing().block(number, changed[index], now);
      if (times == null) {
        return null;
      }
      now = times.end();
      newEnds[index] = now;
      var lots = changed[index];
      late[index] =
          problem.timing().tardiness(number, lots, times)
              + problem.timing().moves(number, previous, lots);
      previous = lots[lots.length - 1];
    }
    return new TimedLine(problem, number, changed, newEnds, late);
  }

  /** All lines with one more lot, but for some that are overlooked. */
  List<TimedLine> insertions(int lot, RandomGenerator random) {
    var found = new ArrayList<TimedLine>();
    var range = range(lot);
    var before = 0;
    for (var index = 0; index <= blocks.length; index++) {
      if (range.has(before)) {
        add(found, withNew(index, lot));
      }
      if (index < blocks.length) {
        for (var at = 0; at <= blocks[index].length; at++) {
          if (range.has(before + at) && random.nextDouble() >= Draft.BLINK) {
            add(found, with(index, inserted(blocks[index], at, lot)));
          }
        }
        before += blocks[index].length;
      }
    }
    return found;
  }

  private static void add(List<TimedLine> found, @Nullable TimedLine line) {
    if (line != null) {
      found.add(line);
    }
  }

  private static int[] inserted(int[] lots, int at, int lot) {
    var more = new int[lots.length + 1];
    System.arraycopy(lots, 0, more, 0, at);
    more[at] = lot;
    System.arraycopy(lots, at, more, at + 1, lots.length - at);
    return more;
  }

  /** Positions on the line, first and last. */
  private record Range(int first, int last) {
    boolean has(int position) {
      return first <= position && position <= last;
    }
  }

  /** Where a lot may stand for the lots that it comes after and those that come after it. */
  private Range range(int lot) {
    var after = problem.after(lot);
    var first = after < 0 ? 0 : positionOf(after) + 1;
    var last = Integer.MAX_VALUE;
    var position = 0;
    for (var lots : blocks) {
      for (var other : lots) {
        last = problem.after(other) == lot ? Math.min(last, position) : last;
        position++;
      }
    }
    return new Range(first, last);
  }

  /** Where a lot stands on the line, from 0; −1 when it does not. */
  int positionOf(int lot) {
    var position = 0;
    for (var lots : blocks) {
      for (var other : lots) {
        if (other == lot) {
          return position;
        }
        position++;
      }
    }
    return -1;
  }

  /** Whether it has a lot that must be on the line of another. */
  boolean hasChainOf(int lot) {
    for (var lots : blocks) {
      for (var other : lots) {
        if (problem.after(other) == lot || problem.after(lot) == other) {
          return true;
        }
      }
    }
    return false;
  }
}
