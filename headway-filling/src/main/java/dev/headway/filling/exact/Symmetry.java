package dev.headway.filling.exact;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.LinearExpr;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Leaves one of many equal plans: of all plans that arise from each other by exchanging blocks of a
 * line, equal lines or equal lots, the one whose lots, longest first, have the lowest slots. There
 * a slot's first lot comes after that of the slot before, a line's first lot after that of the
 * equal line before, and equal lots keep their order.
 */
final class Symmetry {
  /** Rules about later lots cost more than they bring. */
  private static final int LOTS = 60;

  private final CpModel model;
  private final Problem problem;
  private final List<List<Slot>> lines;
  private final List<Integer> order;

  Symmetry(CpModel model, Problem problem, List<List<Slot>> lines) {
    this.model = model;
    this.problem = problem;
    this.lines = lines;
    order =
        IntStream.range(0, problem.lotCount())
            .boxed()
            .sorted(
                Comparator.comparingLong((Integer lot) -> -problem.shortestFill(lot))
                    .thenComparingInt(problem::typeOf))
            .toList();
  }

  void breakAll() {
    var lineBefore = new HashMap<Object, Slot>();
    for (var line = 0; line < lines.size(); line++) {
      var slots = lines.get(line);
      if (slots.isEmpty()) {
        continue;
      }
      var equalLine = lineBefore.put(LineKind.kind(problem, line), slots.getFirst());
      if (equalLine != null) {
        opensAfter(slots.getFirst(), equalLine);
      }
      for (var i = 1; i < slots.size(); i++) {
        opensAfter(slots.get(i), slots.get(i - 1));
      }
    }
    for (var i = 1; i < order.size(); i++) {
      keepOrder(order.get(i - 1), order.get(i));
    }
  }

  /** A lot is in a slot only if an earlier one is in the slot before. */
  private void opensAfter(Slot slot, Slot before) {
    var earlier = new ArrayList<BoolVar>();
    for (var lot : order.subList(0, Math.min(LOTS, order.size()))) {
      var held = slot.holds().get(lot);
      if (held != null) {
        model.addLessOrEqual(held, LinearExpr.sum(earlier.toArray(BoolVar[]::new)));
        earlier.add(Objects.requireNonNull(before.holds().get(lot)));
      }
    }
  }

  private void keepOrder(int lot, int next) {
    var equal =
        problem.typeOf(lot) == problem.typeOf(next)
            && IntStream.range(0, problem.lineCount())
                .allMatch(line -> problem.fill(line, lot) == problem.fill(line, next));
    if (equal) {
      model.addLessOrEqual(number(lot), number(next));
    }
  }

  private LinearExpr number(int lot) {
    var number = LinearExpr.newBuilder();
    var position = 0;
    for (var slots : lines) {
      for (var slot : slots) {
        var held = slot.holds().get(lot);
        if (held != null) {
          number.addTerm(held, position);
        }
        position++;
      }
    }
    return number.build();
  }
}
