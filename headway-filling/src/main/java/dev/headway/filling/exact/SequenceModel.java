package dev.headway.filling.exact;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The search for a plan that costs less than a known one where time counts: each line is a route
 * through its lots ({@link LineRoute}), and each lot has the moments at which its filling begins
 * and its block's clean ends.
 */
final class SequenceModel implements ExactModel {
  private final Problem problem;
  private final CpModel model = new CpModel();
  private final List<LotVariables> lots = new ArrayList<>();
  private final List<LineRoute> routes = new ArrayList<>();

  /** A model of all plans that cost from {@code least} on and less than {@code incumbent}. */
  SequenceModel(Problem problem, long incumbent, long least) {
    this.problem = problem;
    var horizon = incumbent - 1; // nothing ends later, for the makespan is part of the cost
    for (var lot = 0; lot < problem.lotCount(); lot++) {
      lots.add(LotVariables.of(model, problem, lot, horizon));
    }
    for (var line = 0; line < problem.lineCount(); line++) {
      routes.add(new LineRoute(model, problem, line, lots, horizon));
    }
    lots.forEach(this::place);
    keepOrders();
    minimise(incumbent, least);
  }

  /** How many decisions a model has: the transitions of every line, with a clean and without. */
  static long size(Problem problem) {
    var lots = (long) problem.lotCount();
    return 2 * lots * lots * problem.lineCount();
  }

  @Override
  public CpModel model() {
    return model;
  }

  @Override
  public Plan plan(Values values) {
    return new Plan(routes.stream().map(route -> route.blocks(values)).toList());
  }

  /** A lot is on one line, which decides how long it fills. */
  private void place(LotVariables lot) {
    var on = new ArrayList<BoolVar>();
    var end = LinearExpr.newBuilder().add(lot.start());
    for (var route : routes) {
      var present = route.present().get(lot.number());
      if (present != null) {
        on.add(present);
        end.addTerm(present, problem.fill(route.line(), lot.number()));
      }
    }
    model.addExactlyOne(on.toArray(BoolVar[]::new));
    model.addEquality(lot.end(), end);
  }

  private void keepOrders() {
    for (var lot : lots) {
      var before = problem.after(lot.number());
      if (before >= 0) {
        var earlier = lots.get(before);
        model.addLessOrEqual(earlier.end(), lot.start());
        for (var route : routes) {
          var present = route.present().get(lot.number());
          if (present != null) {
            model.addEquality(present, Objects.requireNonNull(route.present().get(before)));
          }
        }
      }
    }
  }

  private void minimise(long incumbent, long least) {
    var makespan = model.newIntVar(0, incumbent - 1, "makespan");
    var cost = LinearExpr.newBuilder().add(makespan);
    for (var lot : lots) {
      model.addLessOrEqual(lot.end(), makespan);
      addTardiness(lot, cost, incumbent);
    }
    for (var route : routes) {
      model.addLessOrEqual(route.work(), makespan);
      route.addMoves(cost);
    }
    var total = cost.build();
    model.addLinearConstraint(total, least, incumbent - 1);
    model.minimize(total);
  }

  private void addTardiness(LotVariables lot, LinearExprBuilder cost, long incumbent) {
    var due = problem.due(lot.number());
    if (due < incumbent && problem.priority(lot.number()) > 0) {
      var most = incumbent - 1 - Math.min(0, due);
      IntVar late = model.newIntVar(0, most, "");
      model.addLessOrEqual(LinearExpr.newBuilder().add(lot.end()).add(-due), late);
      cost.addTerm(late, problem.priority(lot.number()));
    }
  }
}
