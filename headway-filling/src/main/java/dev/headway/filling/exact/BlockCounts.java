package dev.headway.filling.exact;

import dev.headway.filling.model.Problem;
import java.util.stream.IntStream;

/** Limits on the number of a line's blocks in a plan that is shorter than a given makespan. */
final class BlockCounts {
  private BlockCounts() {}

  /**
   * The most blocks on a line.
   *
   * <p>Where only lengths count and a clean is at least as long as any changeover, two blocks of a
   * line that would fit one window may as well be one. So some optimal plan has none such: any two
   * of a line's blocks take more than {@code window − changeover} together.
   */
  static int most(Problem problem, int line, long makespan) {
    var lots =
        (int) IntStream.range(0, problem.lotCount()).filter(i -> problem.fits(line, i)).count();
    var shortest =
        IntStream.range(0, problem.lotCount())
            .mapToLong(lot -> problem.fill(line, lot))
            .min()
            .orElseThrow();
    var pair = 2 * shortest;
    if (!problem.timed() && problem.cleaning() >= problem.longestChangeover()) {
      pair = Math.max(pair, problem.window(line) - problem.longestChangeover() + 1);
    }
    var count = 0;
    while (count < lots && length(problem, count + 1, pair, shortest) < makespan) {
      count++;
    }
    return count;
  }

  private static long length(Problem problem, int count, long pair, long single) {
    return count * problem.cleaning() + (count / 2) * pair + (count % 2) * single;
  }
}
