package dev.headway.filling.work;

import dev.headway.core.engine.JobContext;
import dev.headway.core.engine.JobHandler;
import dev.headway.core.engine.JobStoppedException;
import dev.headway.core.engine.JobType;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.core.job.Plan;
import dev.headway.core.job.ProgressReport;
import dev.headway.filling.compare.Recommendation;
import dev.headway.filling.store.PlanStore;
import dev.headway.filling.store.StoredPlan;
import dev.headway.filling.store.TaskKind;
import dev.headway.server.json.JsonCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The job of a comparison: reads, checks, plans with every strategy, compares, keeps. Its steps
 * depend on how many strategies there are, so it states its percentages itself.
 *
 * @param inputs has what is to be planned
 * @param plans keeps what was found
 * @param planning runs the planners
 * @param parallel how many strategies run at once
 */
public record ComparisonWork(TaskInputs inputs, PlanStore plans, Planning planning, int parallel)
    implements JobHandler {
  private static final String LOADING = "loading";
  private static final String VALIDATING = "validating";
  private static final String PREPARING = "preparing";
  private static final String ANALYZING = "analyzing";
  private static final String SAVING = "saving";

  /** The job type of comparisons, with this as its handler. */
  public JobType type() {
    return new JobType(
        TaskKind.COMPARISON.jobType(), Plan.NONE, TaskSubmissions.MAX_ATTEMPTS, this);
  }

  /** The names of the steps of a comparison of so many strategies. */
  public static List<String> steps(int strategies) {
    var steps = new ArrayList<>(List.of(LOADING, VALIDATING, PREPARING));
    for (var position = 0; position < strategies; position++) {
      steps.add(ParallelStrategies.step(position));
    }
    steps.addAll(List.of(ANALYZING, SAVING));
    return steps;
  }

  @Override
  public Json run(JobContext context) throws InterruptedException {
    begin(context, LOADING, 5, "Reading the lots");
    var input = inputs.input(TaskKind.COMPARISON, context);
    begin(context, VALIDATING, 10, "Checking the lots and the rules");
    var assignment = inputs.checked(TaskKind.COMPARISON, input, context);
    begin(
        context,
        PREPARING,
        15,
        "Preparing %d strategies for %d lots"
            .formatted(assignment.strategies().size(), assignment.problem().lotCount()));
    var runs = bounded(new ParallelStrategies(planning, assignment, context).run(parallel));
    var partial = context.stopRequested(); // from here on it is too late to cancel
    requireResult(runs, partial, context);
    begin(context, ANALYZING, 90, "Comparing the schedules");
    var result = compared(runs, TaskInputs.id(TaskKind.COMPARISON, context), partial);
    begin(context, SAVING, 95, "Saving the comparison");
    plans.save(context.job().id(), context.job().attempt(), plans(runs));
    if (partial) {
      throw new JobStoppedException(JsonCodec.json(result));
    }
    return JsonCodec.json(result);
  }

  private static void begin(JobContext context, String step, double percent, String message) {
    context.report(new ProgressReport(percent, null, null, step, message, null));
  }

  private static void requireResult(List<StrategyRun> runs, boolean partial, JobContext context) {
    var none = runs.stream().allMatch(run -> run.planned() == null);
    if (partial && (none || !context.keepPartial())) {
      throw new JobStoppedException();
    }
    if (none) {
      var reasons =
          runs.stream()
              .map(run -> "%s: %s".formatted(run.strategy().label(), run.error()))
              .collect(Collectors.joining("; "));
      throw new HeadwayException(
          ErrorCode.EXECUTION_ERROR, "No strategy found a schedule. " + reasons);
    }
  }

  private static List<StoredPlan> plans(List<StrategyRun> runs) {
    return runs.stream()
        .flatMap(run -> Stream.ofNullable(run.planned()))
        .map(PlannedSchedule::stored)
        .toList();
  }

  /** Every schedule against the highest bound that any strategy has proved: it holds for all. */
  private static List<StrategyRun> bounded(List<StrategyRun> runs) {
    var bound = 0L;
    for (var run : runs) {
      bound = run.planned() == null ? bound : Math.max(bound, run.planned().kpis().lowerBound());
    }
    var highest = bound;
    return runs.stream().map(run -> run.above(highest)).toList();
  }

  private static ComparisonResult compared(List<StrategyRun> runs, long id, boolean partial) {
    var found =
        runs.stream()
            .flatMap(run -> Stream.ofNullable(run.planned()).map(planned -> result(run, planned)))
            .toList();
    var advice = Recommendation.of(found).orElseThrow();
    var best =
        found.stream().filter(one -> one.strategy() == advice.strategy()).findFirst().orElseThrow();
    return new ComparisonResult(
        best.strategy().label(),
        KpiFigures.rounded(best.kpis().makespanHours()),
        advice.sentence(),
        runs.stream().map(ComparisonResult.StrategyResult::of).toList(),
        id,
        partial ? true : null);
  }

  private static Recommendation.Result result(StrategyRun run, PlannedSchedule planned) {
    return new Recommendation.Result(run.strategy(), planned.kpis());
  }
}
