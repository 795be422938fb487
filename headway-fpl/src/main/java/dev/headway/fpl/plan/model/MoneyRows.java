package dev.headway.fpl.plan.model;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPVariable;
import dev.headway.fpl.plan.Candidate;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.rules.Position;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of a plan's program that keep squads affordable. Money needs no balance: with prices
 * that stay as they are, a squad can be paid for exactly when its price is at most the bank and the
 * first squad's price, less the fees of what was sold so far.
 */
final class MoneyRows {
  private static final double INFINITE = Double.POSITIVE_INFINITY;

  private final PlanVariables model;
  private final PlanRequest request;
  private final List<Candidate> candidates;

  MoneyRows(PlanVariables model) {
    this.model = model;
    this.request = model.request();
    this.candidates = request.candidates();
  }

  /*
   * Squads are paid for; whoever was sold stays sold for the fee that it cost. Prices count above the
   * cheapest of the position: the quotas make it the same, and the engine finds better cuts.
   */
  /** Adds the rows of all weeks. */
  void add() {
    var cheapest = cheapest();
    int floor = 0;
    for (var entry : cheapest.entrySet()) {
      floor += entry.getValue() * request.rules().quota(entry.getKey()).select();
    }
    var budgets = new ArrayList<MPConstraint>();
    for (int week = 0; week < request.horizon(); week++) {
      var budget = model.constraint(-INFINITE, request.wealth() - floor);
      for (int i = 0; i < candidates.size(); i++) {
        var candidate = candidates.get(i);
        int above = candidate.price() - cheapest.getOrDefault(candidate.position(), 0);
        budget.setCoefficient(model.cell(i, week).squad(), above);
      }
      budgets.add(budget);
    }
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.get(i).sellingLoss() > 0) {
        addSellingLoss(i, budgets);
      }
    }
  }

  private Map<Position, Integer> cheapest() {
    var cheapest = new EnumMap<Position, Integer>(Position.class);
    candidates.forEach(c -> cheapest.merge(c.position(), c.price(), Math::min));
    return cheapest;
  }

  private void addSellingLoss(int i, List<MPConstraint> budgets) {
    MPVariable before = null;
    for (int week = 0; week < request.horizon(); week++) {
      var sold = model.number(0, 1);
      model.row(1, INFINITE).plus(1, sold).plus(1, model.cell(i, week).squad());
      if (before != null) {
        model.row(0, INFINITE).plus(1, sold).plus(-1, before);
      }
      budgets.get(week).setCoefficient(sold, candidates.get(i).sellingLoss());
      before = sold;
    }
  }
}
