package dev.headway.filling.model;

import java.util.List;

/**
 * The decisions of a schedule: which lots are filled on which line, in which blocks, in which
 * order.
 *
 * @param lines the blocks of each of the {@link Problem}'s lines
 */
public record Plan(List<List<Block>> lines) {
  public Plan {
    lines = lines.stream().map(List::copyOf).toList();
  }

  /**
   * The makespan, the tardiness of each lot times its priority and the cost of lots that have
   * moved, in microseconds: what planners make as small as they can. Without dates it is the
   * makespan.
   */
  public long cost(Problem problem) {
    return problem.timed() ? problem.timing().cost(this) : makespan(problem);
  }

  /** Microseconds until the last line is done. */
  public long makespan(Problem problem) {
    var longest = 0L;
    for (var line = 0; line < lines.size(); line++) {
      longest = Math.max(longest, length(problem, line));
    }
    return longest;
  }

  /** Microseconds until a line is done. */
  public long length(Problem problem, int line) {
    if (problem.timed()) {
      return problem.timing().end(line, lines.get(line));
    }
    var length = 0L;
    for (var block : lines.get(line)) {
      length += problem.cleaning() + block.sterileTime(problem, line);
    }
    return length;
  }
}
