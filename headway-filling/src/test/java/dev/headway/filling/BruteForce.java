package dev.headway.filling;

import dev.headway.filling.model.Problem;
import java.util.Arrays;

/**
 * The optimal makespan by dynamic programming over all subsets of the lots, for up to some ten of
 * them. Shares nothing with the planners but the problem's times.
 */
public final class BruteForce {
  private static final long IMPOSSIBLE = Long.MAX_VALUE / 4;

  private final Problem problem;
  private final int subsets;

  private BruteForce(Problem problem) {
    this.problem = problem;
    subsets = 1 << problem.lotCount();
  }

  /** The shortest makespan of all plans, in microseconds. */
  public static long optimum(Problem problem) {
    return new BruteForce(problem).optimum();
  }

  /**
   * For each set of lots, by its bits, the shortest sterile time of one block of a line with them.
   */
  public static long[] blockTimes(Problem problem, int line) {
    return new BruteForce(problem).blockTimes(line);
  }

  private long optimum() {
    var best = new long[subsets];
    Arrays.fill(best, IMPOSSIBLE);
    best[0] = 0;
    for (var line = 0; line < problem.lineCount(); line++) {
      var alone = lineTimes(line);
      var next = new long[subsets];
      for (var set = 0; set < subsets; set++) {
        next[set] = IMPOSSIBLE;
        for (var part = set; ; part = (part - 1) & set) {
          next[set] = Math.min(next[set], Math.max(alone[part], best[set ^ part]));
          if (part == 0) {
            break;
          }
        }
      }
      best = next;
    }
    return best[subsets - 1];
  }

  /** For each subset the shortest time that a line needs for it, over all divisions into blocks. */
  private long[] lineTimes(int line) {
    var block = blockTimes(line);
    var times = new long[subsets];
    for (var set = 1; set < subsets; set++) {
      times[set] = IMPOSSIBLE;
      for (var part = set; part > 0; part = (part - 1) & set) {
        times[set] = Math.min(times[set], problem.cleaning() + block[part] + times[set ^ part]);
      }
    }
    return times;
  }

  /** For each subset the shortest sterile time of one block with it, over all orders. */
  private long[] blockTimes(int line) {
    var lots = problem.lotCount();
    var ending = new long[subsets][lots];
    var times = new long[subsets];
    for (var set = 1; set < subsets; set++) {
      times[set] = IMPOSSIBLE;
      for (var last = 0; last < lots; last++) {
        ending[set][last] = IMPOSSIBLE;
        if ((set >> last & 1) == 1) {
          ending[set][last] = ending(line, set ^ (1 << last), last, ending);
          times[set] = Math.min(times[set], ending[set][last]);
        }
      }
      if (times[set] > problem.window(line)) {
        times[set] = IMPOSSIBLE;
      }
    }
    return times;
  }

  private long ending(int line, int before, int last, long[][] ending) {
    var fill = problem.fill(line, last);
    if (before == 0) {
      return fill;
    }
    var best = IMPOSSIBLE;
    for (var previous = 0; previous < problem.lotCount(); previous++) {
      if ((before >> previous & 1) == 1) {
        var changeover = problem.changeover(problem.typeOf(previous), problem.typeOf(last));
        best = Math.min(best, ending[before][previous] + changeover + fill);
      }
    }
    return best;
  }
}
