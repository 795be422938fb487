package dev.headway.filling.exact;

import com.google.ortools.sat.BoolVar;
import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearArgument;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import dev.headway.filling.bound.LowerBound;
import dev.headway.filling.model.Block;
import dev.headway.filling.model.Changeovers;
import dev.headway.filling.model.Plan;
import dev.headway.filling.model.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The search for a plan shorter than a known one, as a constraint model: which lot is in which
 * block of which line. If it has no solution, the known plan is optimal.
 */
final class BlockModel implements ExactModel {
  private final Problem problem;
  private final LowerBound bound;
  private final CpModel model = new CpModel();
  private final Setups setups;
  private final List<List<Slot>> lines = new ArrayList<>();

  /** A model of all plans with a makespan from {@code least} on and below {@code incumbent}. */
  BlockModel(Problem problem, long incumbent, long least) {
    this.problem = problem;
    bound = new LowerBound(problem);
    setups = setups();
    for (var line = 0; line < problem.lineCount(); line++) {
      List<Slot> slots = new ArrayList<>();
      for (var i = BlockCounts.most(problem, line, incumbent); i > 0; i--) {
        slots.add(Slot.of(model, problem, line));
      }
      lines.add(slots);
    }
    placeEachLot();
    keepWindows();
    countBlocks();
    new Symmetry(model, problem, lines).breakAll();
    minimise(incumbent, least);
  }

  private Setups setups() {
    return problem.settings().changeovers() instanceof Changeovers.ByKind(var same, var different)
            && same <= different
        ? new GroupedSetups(problem, same, different)
        : new TransitionSetups(model, problem);
  }

  /** How many decisions a model would have at most, to judge whether it is worth building. */
  static long size(Problem problem, long incumbent) {
    var blocks =
        IntStream.range(0, problem.lineCount())
            .mapToLong(line -> BlockCounts.most(problem, line, incumbent))
            .sum();
    var types = (long) problem.typeCount();
    return blocks * (problem.lotCount() + 2 * types * types);
  }

  @Override
  public CpModel model() {
    return model;
  }

  @Override
  public Plan plan(Values values) {
    List<List<Block>> plan = new ArrayList<>();
    for (var slots : lines) {
      List<Block> blocks = new ArrayList<>();
      for (var slot : slots) {
        var lots = slot.lotsIn(values);
        if (!lots.isEmpty()) {
          blocks.add(setups.sequence(slot, lots, values));
        }
      }
      plan.add(blocks);
    }
    return new Plan(plan);
  }

  private List<Slot> slots() {
    return lines.stream().flatMap(List::stream).toList();
  }

  private void placeEachLot() {
    for (var lot = 0; lot < problem.lotCount(); lot++) {
      var places = new ArrayList<BoolVar>();
      for (var slot : slots()) {
        var held = slot.holds().get(lot);
        if (held != null) {
          places.add(held);
        }
      }
      model.addExactlyOne(places.toArray(BoolVar[]::new));
    }
  }

  private void keepWindows() {
    for (var slot : slots()) {
      var time = LinearExpr.newBuilder();
      slot.addFills(time, problem, setups.perLot());
      setups.addRest(slot, time);
      time.addTerm(slot.used(), -problem.window(slot.line()));
      model.addLessOrEqual(time, 0);
    }
  }

  /** Bounds the numbers of blocks by bin packing; implied, but hard to find out. */
  private void countBlocks() {
    model.addGreaterOrEqual(sum(slots().stream().map(Slot::used).toList()), bound.blocks());
    for (var type = 0; type < problem.typeCount(); type++) {
      var wanted = type;
      var having = slots().stream().map(slot -> slot.types().get(wanted)).toList();
      model.addGreaterOrEqual(sum(having), bound.blocksOfType(type));
    }
  }

  private static LinearExpr sum(List<BoolVar> variables) {
    return LinearExpr.sum(variables.toArray(BoolVar[]::new));
  }

  private void minimise(long incumbent, long least) {
    if (lines.size() == 1) {
      var work = work();
      model.addLinearConstraint(work, least, incumbent - 1);
      model.minimize(work);
      return;
    }
    var makespan = model.newIntVar(least, incumbent - 1, "makespan");
    for (var slots : lines) {
      model.addLessOrEqual(length(slots), makespan);
    }
    shareWork(makespan);
    model.minimize(makespan);
  }

  /** The lines together cannot do less than the work there is; implied, but hard to find out. */
  private void shareWork(IntVar makespan) {
    var alike =
        IntStream.range(0, problem.lotCount())
            .allMatch(lot ->
                IntStream.range(1, lines.size())
                    .allMatch(line -> problem.fill(line, lot) == problem.fill(0, lot)));
    if (alike) {
      model.addLessOrEqual(work(), LinearExpr.term(makespan, lines.size()));
    }
  }

  private LinearArgument length(List<Slot> slots) {
    var length = LinearExpr.newBuilder();
    for (var slot : slots) {
      slot.addFills(length, problem, setups.perLot());
      addOverhead(slot, length);
    }
    return length;
  }

  /** The time of all lines together when all fill alike: a constant and what blocks cost. */
  private LinearArgument work() {
    var work = LinearExpr.newBuilder();
    for (var lot = 0; lot < problem.lotCount(); lot++) {
      work.add(problem.fill(0, lot) + setups.perLot());
    }
    slots().forEach(slot -> addOverhead(slot, work));
    return work;
  }

  private void addOverhead(Slot slot, LinearExprBuilder sum) {
    sum.addTerm(slot.used(), problem.cleaning());
    setups.addRest(slot, sum);
  }
}
