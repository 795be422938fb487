package dev.headway.bench.workload;

import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import dev.headway.filling.Planners;
import dev.headway.filling.model.Lot;
import dev.headway.filling.model.Micros;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.RunOptions;
import dev.headway.filling.model.Settings;
import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Solution;
import dev.headway.filling.strategy.Strategy;
import dev.headway.solver.ChildLauncher;
import dev.headway.solver.SolverHost;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Filling schedules: how long each strategy takes, and how far its schedule is above what is proven
 * that none can go below. The searching strategies have as long as cases are counted. No server is
 * asked.
 */
final class Scheduling implements Workload {
  private static final List<Integer> SIZES = List.of(10, 25, 50, 100, 500, 5_000);
  private static final List<Integer> LINES = List.of(1, 3);

  @Override
  public String name() {
    return "schedule";
  }

  @Override
  public String description() {
    return "filling schedules of 10 to 5,000 lots on 1 and 3 lines by every strategy";
  }

  @Override
  public Findings run(BenchContext context) {
    var rows = new ArrayList<Row>();
    try (var host = new SolverHost(ChildLauncher.sameClassPath(), 1, InstantSource.system())) {
      var planners = Planners.all(host, InstantSource.system());
      for (var lines : LINES) {
        for (var lots : SIZES) {
          context.say("%s lots, %d lines".formatted(BenchContext.number(lots), lines));
          var options = new RunOptions(null, context.options().counted(), 1);
          rows.addAll(rows(generated(lots, lines, options), planners));
        }
      }
    }
    return new Findings(rows);
  }

  /** Lots of four types with 10,000 to 990,000 vials each, under the default rules. */
  private static Problem generated(int count, int lines, RunOptions options) {
    var random = new Random(count);
    var lots = new ArrayList<Lot>();
    for (var at = 0; at < count; at++) {
      var type = "Vial" + (char) ('A' + random.nextInt(4));
      lots.add(new Lot("G%05d".formatted(at), type, 10_000L * random.nextInt(1, 100)));
    }
    return new Problem(lots, Settings.withLines(lines).with(options));
  }

  private record Planned(Strategy strategy, Solution solution, double seconds) {}

  private static List<Row> rows(Problem problem, Map<Strategy, Planner> planners) {
    var all = new ArrayList<Planned>();
    planners.forEach((strategy, planner) -> all.add(planned(problem, strategy, planner)));
    var bound = all.stream().mapToLong(one -> one.solution().lowerBound()).max().orElseThrow();
    return all.stream().map(one -> row(problem, one, bound)).toList();
  }

  private static Planned planned(Problem problem, Strategy strategy, Planner planner) {
    var began = System.nanoTime();
    var solution = planner.plan(problem, PlanningListener.SILENT);
    return new Planned(strategy, solution, (System.nanoTime() - began) / 1e9);
  }

  private static Row row(Problem problem, Planned planned, long bound) {
    var makespan = planned.solution().plan().makespan(problem);
    return new Row(
        "%s lots, %d line%s, %s"
            .formatted(
                BenchContext.number(problem.lotCount()),
                problem.lineCount(),
                problem.lineCount() == 1 ? "" : "s",
                planned.strategy().label()),
        List.of(
            new Figure("time", "s", planned.seconds()),
            new Figure("makespan", "h", Micros.toHours(makespan)),
            new Figure("above the bound", "%", 100 * ((double) makespan / bound - 1))));
  }
}
