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

  /** Microseconds until the last line is done. */
  public long makespan(Problem problem) {
    var longest = 0L;
    for (var line = 0; line < lines.size(); line++) {
      longest = Math.max(longest, length(problem, line));
    }
    return longest;
  }

  /** Microseconds that a line is busy. */
  public long length(Problem problem, int line) {
    var length = 0L;
    for (var block : lines.get(line)) {
      length += problem.cleaning() + block.sterileTime(problem, line);
    }
    return length;
  }
}
