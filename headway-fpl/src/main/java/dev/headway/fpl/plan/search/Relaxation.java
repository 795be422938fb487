package dev.headway.fpl.plan.search;

import com.google.ortools.linearsolver.MPVariable;
import dev.headway.fpl.plan.model.PlanModel;

/**
 * The findings of a linear relaxation about every variable: how much at least the bound falls when
 * the variable, now 0, is used (its reduced cost, linear programming duality). A plan better than
 * the incumbent cannot use a variable whose loss exceeds the distance from the bound to the
 * incumbent.
 */
final class Relaxation {
  /** Guards against the rounding of the simplex. */
  private static final double TOLERANCE = 1e-6;

  /* Places in the variables of a candidate in a week. */
  private static final int SQUAD = 0;
  private static final int BOUGHT = 1;

  /** Says nothing: for parts that were not relaxed yet. */
  static final Relaxation NONE = new Relaxation();

  private final double[][][] losses;

  private Relaxation() {
    losses = new double[0][][];
  }

  /** Reads a model that has just been solved. */
  Relaxation(PlanModel solved, int horizon) {
    int players = solved.candidates().size();
    losses = new double[players][horizon][];
    for (int i = 0; i < players; i++) {
      for (int week = 0; week < horizon; week++) {
        losses[i][week] =
            solved.variables(i, week).stream().mapToDouble(Relaxation::loss).toArray();
      }
    }
  }

  private static double loss(MPVariable variable) {
    return variable.solutionValue() > TOLERANCE ? 0 : Math.max(0, -variable.reducedCost());
  }

  /**
   * The least loss of using a player at all: over the weeks in which he could come, that of buying
   * him then, and of having him then and as long as he stays.
   */
  double loss(int candidate) {
    double best = Double.POSITIVE_INFINITY;
    double here = Double.POSITIVE_INFINITY;
    for (int week = 0; week < losses[candidate].length; week++) {
      double having = losses[candidate][week][SQUAD];
      // In the first week buying and having are one variable.
      double buying = week == 0 ? 0 : losses[candidate][week][BOUGHT];
      here = Math.min(here, buying) + having;
      best = Math.min(best, here);
    }
    return best;
  }

  /** Fixes at 0 what no plan within the gap can use; returns how many variables that were. */
  int fix(PlanModel model, double gap) {
    int fixed = 0;
    for (int i = 0; i < losses.length; i++) {
      boolean useless = !model.candidates().get(i).owned() && loss(i) > gap + TOLERANCE;
      for (int week = 0; week < losses[i].length; week++) {
        var variables = model.variables(i, week);
        for (int v = 0; v < variables.size(); v++) {
          if (useless || losses[i][week][v] > gap + TOLERANCE) {
            variables.get(v).setUb(0);
            fixed++;
          }
        }
      }
    }
    return fixed;
  }
}
