package dev.headway.filling.exact;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A block that a plan may have, as variables of a model.
 *
 * @param line whose block it is
 * @param holds for each lot that fits the line whether it is in the block
 * @param types for each type whether the block has lots of it
 * @param used whether the block has lots at all
 */
record Slot(int line, Map<Integer, BoolVar> holds, List<BoolVar> types, BoolVar used) {
  static Slot of(CpModel model, Problem problem, int line) {
    Map<Integer, BoolVar> holds = new LinkedHashMap<>();
    for (var lot = 0; lot < problem.lotCount(); lot++) {
      if (problem.fits(line, lot)) {
        holds.put(lot, model.newBoolVar(""));
      }
    }
    List<BoolVar> types = new ArrayList<>();
    for (var type = 0; type < problem.typeCount(); type++) {
      types.add(model.newBoolVar(""));
    }
    var slot = new Slot(line, holds, types, model.newBoolVar(""));
    slot.link(model, problem);
    return slot;
  }

  private void link(CpModel model, Problem problem) {
    holds.forEach((lot, held) -> model.addImplication(held, types.get(problem.typeOf(lot))));
    for (var type = 0; type < types.size(); type++) {
      model.addImplication(types.get(type), used);
      model.addLessOrEqual(types.get(type), lotsOf(problem, type));
    }
    model.addLessOrEqual(used, LinearExpr.sum(types.toArray(BoolVar[]::new)));
  }

  /** How many lots of a type the block has. */
  LinearExpr lotsOf(Problem problem, int type) {
    var sum = LinearExpr.newBuilder();
    holds.forEach((lot, held) -> {
      if (problem.typeOf(lot) == type) {
        sum.add(held);
      }
    });
    return sum.build();
  }

  /** Adds the filling time of the block's lots, and {@code perLot} for each of them. */
  void addFills(LinearExprBuilder sum, Problem problem, long perLot) {
    holds.forEach((lot, held) -> sum.addTerm(held, problem.fill(line, lot) + perLot));
  }

  /** The lots that a solution puts into the block. */
  List<Integer> lotsIn(Values values) {
    return holds.entrySet().stream()
        .filter(entry -> values.of(entry.getValue()) == 1)
        .map(Map.Entry::getKey)
        .toList();
  }
}
