package dev.headway.filling.app;

import dev.headway.core.engine.JobContext;
import dev.headway.core.engine.JobHandler;
import dev.headway.core.engine.JobStoppedException;
import dev.headway.core.engine.JobType;
import dev.headway.core.job.Json;
import dev.headway.core.job.Plan;
import dev.headway.filling.store.TaskKind;
import dev.headway.server.http.JsonCodec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;

/**
 * Does the job of a schedule: reads, checks, plans, verifies, keeps.
 *
 * @param workshop what it is done with
 */
record ScheduleWork(Workshop workshop) implements JobHandler {
  private static final String LOADING = "loading";
  private static final String VALIDATING = "validating";
  private static final String PLANNING = "planning";
  private static final String SAVING = "saving";

  /** The steps begin at 10, 30, 50 and 90 %. */
  static final Plan PLAN =
      new Plan(
          10,
          List.of(
              new Plan.Step(LOADING, 20),
              new Plan.Step(VALIDATING, 20),
              new Plan.Step(PLANNING, 40),
              new Plan.Step(SAVING, 10)));

  JobType type() {
    return new JobType(TaskKind.SCHEDULE.jobType(), PLAN, Workshop.MAX_ATTEMPTS, this);
  }

  @Override
  public Json run(JobContext context) {
    context.step(LOADING, "Reading the lots");
    var input = workshop.input(TaskKind.SCHEDULE, context);
    context.step(VALIDATING, "Checking the lots and the rules");
    var assignment = workshop.checked(TaskKind.SCHEDULE, input);
    var listener = listener(context, assignment);
    var planned = plan(context, assignment, listener);
    var partial = context.stopRequested(); // from here on it is too late to cancel
    if (partial && !context.keepPartial()) {
      throw new JobStoppedException();
    }
    context.step(SAVING, "Saving the schedule");
    var result = saved(context, assignment, planned);
    result.put(TaskKind.SCHEDULE.idKey(), Workshop.id(TaskKind.SCHEDULE, context));
    if (listener.note() != null) {
      result.put("note", listener.note());
    }
    if (partial) {
      result.put("partial", true);
      throw new JobStoppedException(JsonCodec.json(result));
    }
    return JsonCodec.json(result);
  }

  private PlanningProgress listener(JobContext context, Assignment assignment) {
    var problem = assignment.problem();
    context.step(
        PLANNING,
        "Planning %d lots with %s".formatted(problem.lotCount(), assignment.strategy().label()));
    var clocked =
        new PlanningProgress.Clocked(workshop.planning().clock(), problem.settings().run());
    return new PlanningProgress(
        assignment.strategy(), context::fraction, context::stopRequested, clocked);
  }

  private Planned plan(JobContext context, Assignment assignment, PlanningProgress listener) {
    try {
      return workshop.planning().plan(assignment, 0, context.job().times().created(), listener);
    } catch (CancellationException _) {
      throw new JobStoppedException();
    }
  }

  private Map<String, Object> saved(JobContext context, Assignment assignment, Planned planned) {
    var job = context.job();
    workshop.plans().save(job.id(), job.attempt(), List.of(planned.stored()));
    var given = workshop.planning().given(assignment.problem(), job.times().created());
    var result = new LinkedHashMap<String, Object>();
    result.put("strategy", planned.stored().strategy());
    result.putAll(KpiJson.headline(planned.kpis()));
    result.put("kpis", KpiJson.all(planned.kpis(), given.kpis()));
    return result;
  }
}
