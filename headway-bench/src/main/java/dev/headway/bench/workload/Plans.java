package dev.headway.bench.workload;

import dev.headway.bench.workload.Findings.Figure;
import dev.headway.bench.workload.Findings.Row;
import dev.headway.fpl.advice.Analysis;
import dev.headway.fpl.advice.AnalysisLimits;
import dev.headway.fpl.advice.AnalysisRequest;
import dev.headway.fpl.data.SeasonSnapshot;
import dev.headway.fpl.data.StoredSource;
import dev.headway.fpl.plan.PlanRequest;
import dev.headway.fpl.plan.search.HostedPlanSolver;
import dev.headway.fpl.rules.Chip;
import dev.headway.solver.ChildLauncher;
import dev.headway.solver.SolverHost;
import dev.headway.solver.SolverListener;
import dev.headway.solver.SolverRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Plans of the shipped season's first team, by the search and by HiGHS on the same program, in
 * seconds of processor time of a solver process. A case ends when its plan is proved, or when it
 * has had the time that cases are counted. No server is asked.
 */
final class Plans implements Workload {
  private static final List<Integer> HORIZONS = List.of(1, 3, 5, 8);
  private static final int TEAM = 1;
  private static final Duration PATIENCE = Duration.ofHours(1);

  @Override
  public String name() {
    return "fpl";
  }

  @Override
  public String description() {
    return "fantasy plans of 1 to 8 gameweeks by the search, and by HiGHS on the same program";
  }

  @Override
  public Findings run(BenchContext context) {
    var rows = new ArrayList<Row>();
    try (var host = new SolverHost(ChildLauncher.sameClassPath(), 1, InstantSource.system())) {
      var limits = AnalysisLimits.of(context.options().counted());
      var source = StoredSource.sample();
      var season = source.snapshot(TEAM, (done, total, document) -> {});
      var analysis = new Analysis(source, new HostedPlanSolver(host), limits);
      measured(host, question(analysis, season, 1), PlanTiming.Way.SEARCH); // starts the process
      for (int horizon : HORIZONS) {
        var question = question(analysis, season, horizon);
        for (var plan : List.of(question.withChips(List.of()), question)) {
          for (var way : PlanTiming.Way.values()) {
            context.say(title(plan, way));
            rows.add(row(plan, way, measured(host, plan, way)));
          }
        }
      }
    }
    return new Findings(rows);
  }

  /* A free hit's squads are programs of their own, so the one program has none. */
  private static PlanRequest question(Analysis analysis, SeasonSnapshot season, int horizon) {
    var team = AnalysisRequest.ofTeam(TEAM).withHorizon(horizon);
    var plan = analysis.question(team, season).plan();
    return plan.withChips(
        plan.chips().stream().filter(option -> option.chip() != Chip.FREE_HIT).toList());
  }

  private static JsonNode measured(SolverHost host, PlanRequest plan, PlanTiming.Way way) {
    var input = JsonMapper.shared().valueToTree(new PlanTiming.Input(way, plan));
    return host.solve(new SolverRequest(PlanTiming.class, input, PATIENCE), SILENT);
  }

  private static String title(PlanRequest plan, PlanTiming.Way way) {
    return "%d gameweek%s, %s, %s"
        .formatted(
            plan.horizon(),
            plan.horizon() == 1 ? "" : "s",
            plan.chips().isEmpty() ? "no chips" : "chips",
            way.label());
  }

  private static Row row(PlanRequest plan, PlanTiming.Way way, JsonNode measured) {
    var figures = new ArrayList<Figure>();
    var first = measured.path("firstSeconds");
    if (first.isNumber()) {
      figures.add(new Figure("first plan", "s", first.asDouble()));
    }
    var result = measured.path("result");
    double value = result.path("objective").asDouble();
    figures.add(new Figure("end", "s", measured.path("seconds").asDouble()));
    figures.add(new Figure("value", "", value));
    figures.add(
        new Figure(
            "gap", "%", 100 * (result.path("bound").asDouble() - value) / Math.max(1, value)));
    return new Row(title(plan, way), figures);
  }

  private static final SolverListener SILENT =
      new SolverListener() {
        @Override
        public void reported(JsonNode event) {}

        @Override
        public boolean stopRequested() {
          return false;
        }

        @Override
        public boolean resultWanted() {
          return false;
        }
      };
}
