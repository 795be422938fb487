package dev.headway.filling.exact;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import dev.headway.filling.model.Block;
import dev.headway.filling.model.Problem;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Changeovers of any kind. A block's order of types is a walk that enters each type as often as the
 * block has lots of it. Such a walk exists if and only if its transitions balance but at its ends
 * and hang together (Euler), so the model counts transitions between types instead of ordering
 * lots; a tree of transitions from the first type keeps them together.
 */
final class TransitionSetups implements Setups {
  private final CpModel model;
  private final Problem problem;
  private final int types;
  private final IdentityHashMap<Slot, Walk> walks = new IdentityHashMap<>();

  TransitionSetups(CpModel model, Problem problem) {
    this.model = model;
    this.problem = problem;
    types = problem.typeCount();
  }

  /** A slot's first and last type, and how often each transition occurs. */
  private record Walk(List<BoolVar> first, List<BoolVar> last, List<List<IntVar>> transitions) {}

  @Override
  public long perLot() {
    return 0;
  }

  @Override
  public void addRest(Slot slot, LinearExprBuilder sum) {
    var walk = walks.computeIfAbsent(slot, this::walk);
    for (var from = 0; from < types; from++) {
      for (var to = 0; to < types; to++) {
        sum.addTerm(walk.transitions().get(from).get(to), problem.changeover(from, to));
      }
    }
  }

  private Walk walk(Slot slot) {
    var walk = new Walk(newBools(), newBools(), new ArrayList<>());
    for (var from = 0; from < types; from++) {
      List<IntVar> row = new ArrayList<>();
      for (var to = 0; to < types; to++) {
        row.add(model.newIntVar(0, problem.lotCount(), ""));
      }
      walk.transitions().add(row);
    }
    model.addEquality(LinearExpr.sum(walk.first().toArray(BoolVar[]::new)), slot.used());
    model.addEquality(LinearExpr.sum(walk.last().toArray(BoolVar[]::new)), slot.used());
    for (var type = 0; type < types; type++) {
      var lots = slot.lotsOf(problem, type);
      var into = LinearExpr.newBuilder().add(walk.first().get(type));
      var outOf = LinearExpr.newBuilder().add(walk.last().get(type));
      for (var other = 0; other < types; other++) {
        into.add(walk.transitions().get(other).get(type));
        outOf.add(walk.transitions().get(type).get(other));
      }
      model.addEquality(into, lots);
      model.addEquality(outOf, lots);
    }
    connect(slot, walk);
    return walk;
  }

  private List<BoolVar> newBools() {
    List<BoolVar> bools = new ArrayList<>();
    for (var i = 0; i < types; i++) {
      bools.add(model.newBoolVar(""));
    }
    return bools;
  }

  /** Each type of the block is the first or has one tree transition from a type of lower depth. */
  private void connect(Slot slot, Walk walk) {
    List<IntVar> depth = new ArrayList<>();
    for (var type = 0; type < types; type++) {
      depth.add(model.newIntVar(0, types - 1L, ""));
    }
    for (var to = 0; to < types; to++) {
      var reached = LinearExpr.newBuilder().add(walk.first().get(to));
      for (var from = 0; from < types; from++) {
        if (from != to) {
          var branch = model.newBoolVar("");
          model.addLessOrEqual(branch, walk.transitions().get(from).get(to));
          var deeper = LinearExpr.newBuilder().add(depth.get(from)).add(1);
          model.addLessOrEqual(deeper, depth.get(to)).onlyEnforceIf(branch);
          reached.add(branch);
        }
      }
      model.addEquality(reached, slot.types().get(to));
    }
  }

  @Override
  public Block sequence(Slot slot, List<Integer> lots, Values values) {
    Map<Integer, Deque<Integer>> waiting = new HashMap<>();
    lots.forEach(
        lot -> waiting.computeIfAbsent(problem.typeOf(lot), _ -> new ArrayDeque<>()).add(lot));
    var order =
        eulerWalk(Objects.requireNonNull(walks.get(slot)), values).stream()
            .map(type -> Objects.requireNonNull(waiting.get(type)).removeFirst())
            .toList();
    return new Block(order);
  }

  /** The types in the walk's order, by the algorithm of Hierholzer (1873). */
  private List<Integer> eulerWalk(Walk walk, Values values) {
    var left = new long[types][types];
    var start = 0;
    for (var from = 0; from < types; from++) {
      start = values.of(walk.first().get(from)) == 1 ? from : start;
      for (var to = 0; to < types; to++) {
        left[from][to] = values.of(walk.transitions().get(from).get(to));
      }
    }
    List<Integer> backwards = new ArrayList<>();
    Deque<Integer> path = new ArrayDeque<>(List.of(start));
    while (!path.isEmpty()) {
      var from = path.getLast();
      var to = next(left[from]);
      if (to < 0) {
        backwards.add(path.removeLast());
      } else {
        left[from][to]--;
        path.addLast(to);
      }
    }
    Collections.reverse(backwards);
    return backwards;
  }

  private static int next(long[] transitions) {
    for (var to = 0; to < transitions.length; to++) {
      if (transitions[to] > 0) {
        return to;
      }
    }
    return -1;
  }
}
