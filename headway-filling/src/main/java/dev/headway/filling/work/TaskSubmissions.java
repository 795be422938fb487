package dev.headway.filling.work;

import dev.headway.core.account.Principal;
import dev.headway.core.engine.Jobs;
import dev.headway.core.engine.Submission;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.filling.store.PlanPlace;
import dev.headway.filling.store.Task;
import dev.headway.filling.store.TaskInput;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.store.TaskStore;
import dev.headway.server.json.JsonCodec;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Stores new tasks and submits their jobs.
 *
 * @param clock says when they were asked for
 */
public record TaskSubmissions(TaskStore store, Jobs jobs, InstantSource clock) {
  /** How often a job may be started when its server dies. */
  static final int MAX_ATTEMPTS = 3;

  /** A new task and its job, with the cursor from which both can be followed. */
  public record Submitted(Task task, Submission submission) {}

  /**
   * Keeps an input and submits its job.
   *
   * @param steps the names of the job's steps
   */
  public Submitted submit(TaskKind kind, Principal who, TaskInput input, List<String> steps) {
    return submit(who, input, new NewJob(kind, null, steps));
  }

  /** Keeps an input and submits the job of a schedule that takes over a plan. */
  public Submitted adopt(Principal who, TaskInput input, PlanPlace plan) {
    return submit(who, input, new NewJob(TaskKind.SCHEDULE, plan, ScheduleWork.PLAN.names()));
  }

  /**
   * A job to be submitted.
   *
   * @param plan that it takes over; null when it plans itself
   * @param steps the names of its steps
   */
  private record NewJob(TaskKind kind, @Nullable PlanPlace plan, List<String> steps) {
    Json payload(long id) {
      return JsonCodec.json(
          plan == null
              ? Map.of(kind.idKey(), id)
              : Map.of(kind.idKey(), id, TaskInputs.ADOPTED, plan));
    }
  }

  private Submitted submit(Principal who, TaskInput input, NewJob wanted) {
    var kind = wanted.kind();
    var owner = who.userId();
    var id = store.add(kind, owner, input, clock.instant());
    var payload = wanted.payload(id);
    var spec = JobSpec.of(kind.jobType(), payload, owner).withMaxAttempts(MAX_ATTEMPTS);
    var submission = jobs.submit(jobs.nextId(), spec, wanted.steps());
    var job = submission.job().id();
    store.link(kind, id, job);
    var task = new Task(kind, id, job, owner, input.name(), input.strategies());
    return new Submitted(task, submission);
  }
}
