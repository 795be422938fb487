package dev.headway.bench.workload;

import dev.headway.bench.load.LoadException;
import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import dev.headway.filling.Planners;
import dev.headway.filling.input.LotsReader;
import dev.headway.filling.input.ReadLots;
import dev.headway.filling.model.Problem;
import dev.headway.filling.model.Settings;
import dev.headway.filling.strategy.Planner;
import dev.headway.filling.strategy.PlanningListener;
import dev.headway.filling.strategy.Strategy;
import dev.headway.solver.ChildLauncher;
import dev.headway.solver.SolverHost;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Optimal filling schedules: how long {@code milp-opt} takes until nothing shorter is possible, for
 * sets of 6 to 25 lots. No server is asked; the solver's process is warm.
 */
final class Proofs implements Workload {
  static final List<String> SETS =
      List.of(
          "n6_t2_s1",
          "n6_t3_s2",
          "n9_t3_s3",
          "n10_t3_s4",
          "n11_t4_s5",
          "n12_t2_s7",
          "n16_t3_s8",
          "n25_t4_s11");

  /** Those whose optimum on several lines is known. */
  private static final List<String> SMALLER = SETS.subList(0, 6);

  private static final int MOST_LINES = 3;

  @Override
  public String name() {
    return "proof";
  }

  @Override
  public String description() {
    return "optimal filling schedules of 6 to 25 lots on 1 to 3 lines: time until they are proven";
  }

  @Override
  public Findings run(BenchContext context) {
    var rows = new ArrayList<Row>();
    try (var host = new SolverHost(ChildLauncher.sameClassPath(), 1, InstantSource.system())) {
      var planners = Planners.all(host, InstantSource.system());
      var planner = Objects.requireNonNull(planners.get(Strategy.MILP_OPT));
      prove(planner, problem(SETS.getFirst(), 2)); // starts the process
      for (var lines = 1; lines <= MOST_LINES; lines++) {
        context.say("%d of %d lines".formatted(lines, MOST_LINES));
        rows.add(row(lines, planner));
      }
    }
    return new Findings(rows);
  }

  private record Proof(boolean proven, double seconds) {}

  private static Row row(int lines, Planner planner) {
    var sets = lines == 1 ? SETS : SMALLER;
    var proofs = sets.stream().map(name -> prove(planner, problem(name, lines))).toList();
    var proven = proofs.stream().filter(Proof::proven).count();
    var all = proofs.stream().mapToDouble(Proof::seconds).summaryStatistics();
    return new Row(
        "%d sets, %d line%s".formatted(sets.size(), lines, lines == 1 ? "" : "s"),
        List.of(
            new Figure("proven", "", proven),
            new Figure("mean", "s", all.getAverage()),
            new Figure("longest", "s", all.getMax())));
  }

  private static Proof prove(Planner planner, Problem problem) {
    var began = System.nanoTime();
    var solution = planner.plan(problem, PlanningListener.SILENT);
    return new Proof(solution.proven(problem), (System.nanoTime() - began) / 1e9);
  }

  static Problem problem(String name, int lines) {
    var resource = "/dev/headway/bench/lots/gen_%s.csv".formatted(name);
    try (var in = Proofs.class.getResourceAsStream(resource)) {
      var lots = LotsReader.csv(Objects.requireNonNull(in, resource).readAllBytes()).lots();
      return new Problem(
          lots.stream().map(ReadLots.Placed::lot).toList(), Settings.withLines(lines));
    } catch (IOException failed) {
      throw new LoadException("The lots cannot be read: " + resource, failed);
    }
  }
}
