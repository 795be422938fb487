package dev.headway.filling.exact;

import com.google.ortools.sat.LinearExprBuilder;
import dev.headway.filling.model.Block;
import dev.headway.filling.model.Problem;
import java.util.Comparator;
import java.util.List;

/**
 * Changeovers of s within and d ≥ s between types: grouping a block's n lots of k types is best and
 * takes {@code s·n + (d − s)·k − d}.
 */
record GroupedSetups(Problem problem, long same, long different) implements Setups {
  @Override
  public long perLot() {
    return same;
  }

  @Override
  public void addRest(Slot slot, LinearExprBuilder sum) {
    slot.types().forEach(type -> sum.addTerm(type, different - same));
    sum.addTerm(slot.used(), -different);
  }

  @Override
  public Block sequence(Slot slot, List<Integer> lots, Values values) {
    return new Block(lots.stream().sorted(Comparator.comparingInt(problem::typeOf)).toList());
  }
}
