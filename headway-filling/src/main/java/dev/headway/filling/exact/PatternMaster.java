package dev.headway.filling.exact;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import dev.headway.filling.model.Micros;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The master problem of {@link PatternBound}: the linear programme over the patterns known so far.
 * Lots may also stay out, at the price of a known makespan each, so that there is a solution
 * always. Used by one thread of a solver process.
 */
final class PatternMaster implements AutoCloseable {
  private static final double HOUR = Micros.PER_HOUR;

  private final MPSolver solver = MPSolver.createSolver("GLOP");
  private final List<MPConstraint> covers = new ArrayList<>();
  private final List<MPConstraint> times = new ArrayList<>();
  private final List<MPConstraint> counts = new ArrayList<>();
  private final List<List<MPVariable>> patterns = new ArrayList<>();
  private boolean solved;

  /**
   * Shadow prices.
   *
   * @param ofLots what covering each lot costs
   * @param ofHours what an hour more on each kind of line saves, in hours of makespan
   * @param ofBlocks what one block more of each kind costs; negative where it saves
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  record ShadowPrices(double[] ofLots, double[] ofHours, double[] ofBlocks) {
    ShadowPrices mixedWith(ShadowPrices other, double share) {
      return new ShadowPrices(
          mixed(ofLots, other.ofLots, share),
          mixed(ofHours, other.ofHours, share),
          mixed(ofBlocks, other.ofBlocks, share));
    }

    private static double[] mixed(double[] mine, double[] others, double share) {
      return IntStream.range(0, mine.length)
          .mapToDouble(i -> (1 - share) * mine[i] + share * others[i])
          .toArray();
    }
  }

  PatternMaster(int lots, List<LineKind> kinds, long known) {
    var makespan = solver.makeNumVar(0, MPSolver.infinity(), "");
    solver.objective().setCoefficient(makespan, 1);
    solver.objective().setMinimization();
    for (var kind : kinds) {
      var time = solver.makeConstraint(0, MPSolver.infinity());
      time.setCoefficient(makespan, kind.lines().size());
      times.add(time);
      counts.add(solver.makeConstraint(0, MPSolver.infinity()));
      patterns.add(new ArrayList<>());
    }
    for (var lot = 0; lot < lots; lot++) {
      var cover = solver.makeConstraint(1, MPSolver.infinity());
      var out = solver.makeNumVar(0, MPSolver.infinity(), "");
      cover.setCoefficient(out, 1);
      solver.objective().setCoefficient(out, known / HOUR);
      covers.add(cover);
    }
  }

  /** Adds a pattern of the lines of a kind. */
  void add(int kind, List<Integer> lots, double hours) {
    var pattern = solver.makeNumVar(0, MPSolver.infinity(), "");
    lots.forEach(lot -> covers.get(lot).setCoefficient(pattern, 1));
    times.get(kind).setCoefficient(pattern, -hours);
    counts.get(kind).setCoefficient(pattern, 1);
    patterns.get(kind).add(pattern);
  }

  /** Limits how many blocks the lines of each kind have together. */
  void limit(List<BlockRange> ranges) {
    for (var kind = 0; kind < ranges.size(); kind++) {
      counts
          .get(kind)
          .setBounds((double) ranges.get(kind).least(), (double) ranges.get(kind).most());
    }
  }

  /** Solves it, once more from the beginning when the solver got stuck; returns whether it is. */
  boolean solve() {
    solved = solver.solve() == MPSolver.ResultStatus.OPTIMAL;
    if (!solved) {
      solver.reset();
      solved = solver.solve() == MPSolver.ResultStatus.OPTIMAL;
    }
    return solved;
  }

  /** Whether there is a solution. */
  boolean solved() {
    return solved;
  }

  @Override
  public void close() {
    solver.delete();
  }

  /** The makespan of the solution, in hours. */
  double value() {
    return solver.objective().value();
  }

  /** The blocks of a kind of line in the solution. */
  double blocks(int kind) {
    return patterns.get(kind).stream().mapToDouble(MPVariable::solutionValue).sum();
  }

  /** The shadow prices of the solution. */
  ShadowPrices prices() {
    return new ShadowPrices(
        covers.stream().mapToDouble(cover -> Math.max(0, cover.dualValue())).toArray(),
        times.stream().mapToDouble(time -> Math.max(0, time.dualValue())).toArray(),
        counts.stream().mapToDouble(MPConstraint::dualValue).toArray());
  }
}
