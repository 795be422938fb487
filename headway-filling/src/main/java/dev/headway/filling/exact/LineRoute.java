package dev.headway.filling.exact;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CircuitConstraint;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearArgument;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import com.google.ortools.sat.Literal;
import com.google.ortools.util.Domain;
import dev.headway.filling.model.Block;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Span;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A line's route through its lots: from its beginning to a lot, from lot to lot, each time with a
 * clean or with a changeover, and back. Lots of other lines stay aside.
 */
final class LineRoute {
  private static final int DEPOT = 0;

  private final CpModel model;
  private final Problem problem;
  private final int line;
  private final List<LotVariables> lots;
  private final long horizon;
  private final CircuitConstraint circuit;
  private final Map<Integer, BoolVar> present = new LinkedHashMap<>();
  private final List<Arc> arcs = new ArrayList<>();
  private final Map<Long, Domain> starts = new HashMap<>();

  /**
   * A step of the route.
   *
   * @param from a lot, or −1 for the line's beginning
   * @param to a lot
   * @param clean whether a new block begins
   */
  private record Arc(int from, int to, boolean clean, BoolVar taken) {}

  LineRoute(CpModel model, Problem problem, int line, List<LotVariables> lots, long horizon) {
    this.model = model;
    this.problem = problem;
    this.line = line;
    this.lots = lots;
    this.horizon = horizon;
    this.circuit = model.addCircuit();
    for (var lot : lots) {
      if (problem.fits(line, lot.number())) {
        present.put(lot.number(), model.newBoolVar(""));
      }
    }
    circuit.addArc(DEPOT, DEPOT, model.newBoolVar(""));
    present.forEach(this::addLot);
    limitCleans();
  }

  int line() {
    return line;
  }

  /** For each lot that fits the line whether it is on it. */
  Map<Integer, BoolVar> present() {
    return present;
  }

  private void addLot(int number, BoolVar on) {
    var lot = lots.get(number);
    circuit.addArc(node(number), node(number), on.not());
    circuit.addArc(node(number), DEPOT, model.newBoolVar(""));
    allow(lot.start(), problem.fill(line, number), on);
    model
        .addLessOrEqual(difference(lot.end(), lot.cleanEnd()), problem.window(line))
        .onlyEnforceIf(on);
    model.addLessOrEqual(lot.cleanEnd(), lot.start()).onlyEnforceIf(on);
    var clean = problem.lockedClean(number);
    if (clean == null || clean) {
      arc(-1, number, true);
    }
    for (int other : present.keySet()) {
      if (other != number && (clean == null || clean)) {
        model
            .addLessOrEqual(plus(lots.get(other).end(), problem.cleaning()), lot.cleanEnd())
            .onlyEnforceIf(arc(other, number, true));
      }
      if (other != number && (clean == null || !clean)) {
        follow(lots.get(other), lot, arc(other, number, false));
      }
    }
  }

  /** Adds what it costs when lots have moved. */
  void addMoves(LinearExprBuilder cost) {
    for (var arc : arcs) {
      var moved = problem.moveCost(line, arc.from(), arc.to());
      if (moved > 0) {
        cost.addTerm(arc.taken(), moved);
      }
    }
  }

  private static int node(int lot) {
    return lot + 1;
  }

  private BoolVar arc(int from, int to, boolean clean) {
    var taken = model.newBoolVar("");
    circuit.addArc(node(from), node(to), taken);
    arcs.add(new Arc(from, to, clean, taken));
    return taken;
  }

  private static LinearExpr plus(IntVar variable, long constant) {
    return LinearExpr.newBuilder().add(variable).add(constant).build();
  }

  private static LinearExpr difference(IntVar later, IntVar earlier) {
    return LinearExpr.newBuilder().add(later).addTerm(earlier, -1).build();
  }

  /** A lot after another in its block, with a changeover that the line has time for. */
  private void follow(LotVariables lot, LotVariables next, BoolVar taken) {
    model.addEquality(lot.cleanEnd(), next.cleanEnd()).onlyEnforceIf(taken);
    var setup = changeover(lot.number(), next.number());
    if (setup == 0 || startsOf(setup) == null) {
      model.addLessOrEqual(plus(lot.end(), setup), next.start()).onlyEnforceIf(taken);
      return;
    }
    var begin = model.newIntVar(0, Math.max(0, horizon), "");
    model.addLessOrEqual(lot.end(), begin).onlyEnforceIf(taken);
    model.addLessOrEqual(plus(begin, setup), next.start()).onlyEnforceIf(taken);
    allow(begin, setup, taken);
  }

  private long changeover(int from, int to) {
    return problem.changeover(problem.typeOf(from), problem.typeOf(to));
  }

  /** Every block's clean lies in working time. */
  private void limitCleans() {
    if (problem.cleaning() == 0 || startsOf(problem.cleaning()) == null) {
      return;
    }
    for (var arc : arcs) {
      if (arc.clean()) {
        var begin = plus(lots.get(arc.to()).cleanEnd(), -problem.cleaning());
        allow(begin, problem.cleaning(), arc.taken());
      }
    }
  }

  private void allow(LinearArgument begin, long duration, Literal when) {
    var domain = startsOf(duration);
    if (domain != null) {
      model.addLinearExpressionInDomain(begin, domain).onlyEnforceIf(when);
    }
  }

  /** When the line can begin an activity of a duration; null for always. */
  private @Nullable Domain startsOf(long duration) {
    if (problem.settings().lines().get(line).calendar().always()) {
      return null;
    }
    return starts.computeIfAbsent(duration, this::computed);
  }

  private Domain computed(long duration) {
    var spans =
        problem.working(line).within(new Span(0, Math.max(1, horizon + 1))).stream()
            .filter(span -> span.duration() >= duration)
            .map(span -> new long[] {span.start(), span.end() - duration})
            .toArray(long[][]::new);
    return Domain.fromIntervals(spans);
  }

  /** The time that the line is busy; implied, but hard to find out. */
  LinearExpr work() {
    var work = LinearExpr.newBuilder();
    present.forEach((lot, on) -> work.addTerm(on, problem.fill(line, lot)));
    for (var arc : arcs) {
      work.addTerm(
          arc.taken(), arc.clean() ? problem.cleaning() : changeover(arc.from(), arc.to()));
    }
    return work.build();
  }

  /** The line's blocks in a solution. */
  List<Block> blocks(Values values) {
    Map<Integer, Arc> next = new HashMap<>();
    arcs.stream()
        .filter(arc -> values.of(arc.taken()) == 1)
        .forEach(arc -> next.put(arc.from(), arc));
    var blocks = new ArrayList<Block>();
    var lotsOfBlock = new ArrayList<Integer>();
    for (var arc = next.get(-1); arc != null; arc = next.get(arc.to())) {
      if (arc.clean() && !lotsOfBlock.isEmpty()) {
        blocks.add(new Block(lotsOfBlock));
        lotsOfBlock.clear();
      }
      lotsOfBlock.add(arc.to());
    }
    if (!lotsOfBlock.isEmpty()) {
      blocks.add(new Block(lotsOfBlock));
    }
    return blocks;
  }
}
