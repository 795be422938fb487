package dev.headway.filling.work;

import dev.headway.core.engine.JobContext;
import dev.headway.core.engine.JobHandler;
import dev.headway.core.engine.JobStoppedException;
import dev.headway.core.engine.JobType;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Json;
import dev.headway.core.job.Plan;
import dev.headway.filling.store.PlanPlace;
import dev.headway.filling.store.PlanStore;
import dev.headway.filling.store.StoredPlan;
import dev.headway.filling.store.TaskKind;
import dev.headway.server.json.JsonCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CancellationException;

/**
 * The job of a schedule: reads, checks, plans, verifies, keeps.
 *
 * @param inputs has what is to be planned
 * @param plans keeps what was found
 * @param planning runs the planners
 */
public record ScheduleWork(TaskInputs inputs, PlanStore plans, Planning planning)
    implements JobHandler {
  private static final String LOADING = "loading";
  private static final String VALIDATING = "validating";
  private static final String PLANNING = "planning";
  private static final String SAVING = "saving";

  /** The steps begin at 10, 30, 50 and 90 %. */
  public static final Plan PLAN =
      new Plan(
          10,
          List.of(
              new Plan.Step(LOADING, 20),
              new Plan.Step(VALIDATING, 20),
              new Plan.Step(PLANNING, 40),
              new Plan.Step(SAVING, 10)));

  /** The job type of schedules, with this as its handler. */
  public JobType type() {
    return new JobType(TaskKind.SCHEDULE.jobType(), PLAN, TaskSubmissions.MAX_ATTEMPTS, this);
  }

  @Override
  public Json run(JobContext context) {
    var began = planning.clock().instant();
    context.step(LOADING, "Reading the lots");
    var input = inputs.input(TaskKind.SCHEDULE, context);
    context.step(VALIDATING, "Checking the lots and the rules");
    var assignment = within(inputs.checked(TaskKind.SCHEDULE, input, context), began);
    var listener = listener(context, assignment);
    var planned = planned(context, assignment, listener);
    var partial = context.stopRequested(); // from here on it is too late to cancel
    if (partial && !context.keepPartial()) {
      throw new JobStoppedException();
    }
    context.step(SAVING, "Saving the schedule");
    plans.save(context.job().id(), context.job().attempt(), List.of(planned.stored()));
    var given = planning.given(assignment.problem(), context.job().times().created());
    var id = TaskInputs.id(TaskKind.SCHEDULE, context);
    var result = ScheduleResult.of(id, planned, given.kpis(), listener.note());
    if (partial) {
      throw new JobStoppedException(JsonCodec.json(result.asPartial()));
    }
    return JsonCodec.json(result);
  }

  /**
   * The time limit is the whole job's. What comes after the search, to verify and to keep its plan,
   * takes about as long as what came before.
   */
  private Assignment within(Assignment assignment, Instant began) {
    return assignment.withLess(Duration.between(began, planning.clock().instant()).multipliedBy(2));
  }

  private PlanningProgress listener(JobContext context, Assignment assignment) {
    var problem = assignment.problem();
    context.step(
        PLANNING,
        "Planning %d lots with %s".formatted(problem.lotCount(), assignment.strategy().label()));
    return new PlanningProgress(
        assignment.strategy(),
        context::fraction,
        context::stopRequested,
        planning.clock(),
        problem.settings().run().timeLimit());
  }

  private PlannedSchedule planned(
      JobContext context, Assignment assignment, PlanningProgress listener) {
    return TaskInputs.adopted(context)
        .map(place -> planning.adopted(assignment.problem(), adopted(place)))
        .orElseGet(() -> plan(context, assignment, listener));
  }

  private StoredPlan adopted(PlanPlace place) {
    return plans
        .find(place)
        .orElseThrow(() ->
            new HeadwayException(
                ErrorCode.EXECUTION_ERROR,
                "The plan to take over was deleted with its comparison; compare again"));
  }

  private PlannedSchedule plan(
      JobContext context, Assignment assignment, PlanningProgress listener) {
    try {
      return planning.plan(assignment, 0, context.job().times().created(), listener);
    } catch (CancellationException _) {
      throw new JobStoppedException();
    }
  }
}
