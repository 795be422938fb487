package dev.headway.filling.model;

import java.util.List;

/**
 * A clean and the lots filled after it.
 *
 * @param lots numbers of the {@link Problem}'s lots in filling order, at least one
 */
public record Block(List<Integer> lots) {
  public Block {
    lots = List.copyOf(lots);
    if (lots.isEmpty()) {
      throw new IllegalArgumentException("The block must hold at least one lot.");
    }
  }

  /** Microseconds of filling and changeovers on a line: what the sterile window limits. */
  public long sterileTime(Problem problem, int line) {
    var time = 0L;
    var last = -1;
    for (var lot : lots) {
      var type = problem.typeOf(lot);
      time += problem.fill(line, lot) + (last < 0 ? 0 : problem.changeover(last, type));
      last = type;
    }
    return time;
  }
}
