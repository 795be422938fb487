package dev.headway.filling.search;

import dev.headway.filling.model.Block;
import dev.headway.filling.model.Problem;
import java.util.Arrays;

/**
 * A block on its way to a plan. Immutable.
 *
 * @param lots numbers in filling order, at least one
 * @param sterileTime microseconds of filling and changeovers on its line
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared; copied whenever it changes.
record DraftBlock(int[] lots, long sterileTime) {
  static DraftBlock of(Problem problem, int line, Block block) {
    var lots = block.lots().stream().mapToInt(lot -> lot).toArray();
    return new DraftBlock(lots, block.sterileTime(problem, line));
  }

  static DraftBlock of(int lot, long fill) {
    return new DraftBlock(new int[] {lot}, fill);
  }

  /** How much longer the changeovers get by a lot of {@code type} before {@code position}. */
  long detour(Problem problem, int type, int position) {
    var before = position == 0 ? -1 : problem.typeOf(lots[position - 1]);
    var after = position == lots.length ? -1 : problem.typeOf(lots[position]);
    var time = before < 0 ? 0 : problem.changeover(before, type);
    time += after < 0 ? 0 : problem.changeover(type, after);
    return before < 0 || after < 0 ? time : time - problem.changeover(before, after);
  }

  DraftBlock with(int lot, int position, long longer) {
    var more = new int[lots.length + 1];
    System.arraycopy(lots, 0, more, 0, position);
    more[position] = lot;
    System.arraycopy(lots, position, more, position + 1, lots.length - position);
    return new DraftBlock(more, sterileTime + longer);
  }

  /** The block without one of its lots, of which it has more. */
  DraftBlock without(Problem problem, int line, int position) {
    var fewer = new int[lots.length - 1];
    System.arraycopy(lots, 0, fewer, 0, position);
    System.arraycopy(lots, position + 1, fewer, position, fewer.length - position);
    var type = problem.typeOf(lots[position]);
    var detour = new DraftBlock(fewer, 0).detour(problem, type, position);
    return new DraftBlock(fewer, sterileTime - problem.fill(line, lots[position]) - detour);
  }

  Block toBlock() {
    return new Block(Arrays.stream(lots).boxed().toList());
  }
}
