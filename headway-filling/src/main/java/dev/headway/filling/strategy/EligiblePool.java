package dev.headway.filling.strategy;

import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The lots that a line may fill next at some moment. Used by one thread. */
final class EligiblePool implements LotPool {
  private final Problem problem;
  private final boolean[] contained;
  private final List<Integer> lots;
  private final Map<Integer, List<Integer>> ofType = new HashMap<>();

  /**
   * @param lots in the given order
   */
  EligiblePool(Problem problem, List<Integer> lots) {
    this.problem = problem;
    this.lots = new ArrayList<>(lots);
    contained = new boolean[problem.lotCount()];
    for (int lot : lots) {
      contained[lot] = true;
      ofType.computeIfAbsent(problem.typeOf(lot), _ -> new ArrayList<>()).add(lot);
    }
  }

  void remove(int lot) {
    contained[lot] = false;
    lots.remove(Integer.valueOf(lot));
    ofType(problem.typeOf(lot)).remove(Integer.valueOf(lot));
  }

  private List<Integer> ofType(int type) {
    return ofType.getOrDefault(type, new ArrayList<>());
  }

  @Override
  public boolean contains(int lot) {
    return contained[lot];
  }

  @Override
  public int count(int type) {
    return ofType(type).size();
  }

  @Override
  public int first() {
    return lots.isEmpty() ? NONE : lots.getFirst();
  }

  @Override
  public int shortest(int line, int type, long room) {
    var best = NONE;
    for (int lot : ofType(type)) {
      if (best == NONE || problem.fill(line, lot) < problem.fill(line, best)) {
        best = lot;
      }
    }
    return best != NONE && problem.fill(line, best) <= room ? best : NONE;
  }

  @Override
  public int longest(int line, int type, long room) {
    var best = NONE;
    for (int lot : ofType(type)) {
      var fill = problem.fill(line, lot);
      if (fill <= room && (best == NONE || fill > problem.fill(line, best))) {
        best = lot;
      }
    }
    return best;
  }
}
