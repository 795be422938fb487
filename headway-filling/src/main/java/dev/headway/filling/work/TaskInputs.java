package dev.headway.filling.work;

import dev.headway.core.engine.JobContext;
import dev.headway.core.error.HeadwayException;
import dev.headway.filling.store.PlanPlace;
import dev.headway.filling.store.TaskInput;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.store.TaskStore;
import dev.headway.server.json.JsonCodec;
import java.util.Optional;

/**
 * The inputs of running jobs.
 *
 * @param tasks has the inputs
 * @param check finds their defects
 */
public record TaskInputs(TaskStore tasks, InputCheck check) {
  /** The member of a payload that has the place of a plan to take over. */
  static final String ADOPTED = "plan";

  /** The number of the task that a job is for. */
  static long id(TaskKind kind, JobContext context) {
    return JsonCodec.tree(context.payload()).path(kind.idKey()).asLong();
  }

  /** The place of the plan that a schedule takes over, if it does. */
  static Optional<PlanPlace> adopted(JobContext context) {
    var place = JsonCodec.tree(context.payload()).path(ADOPTED);
    return place.isObject()
        ? Optional.of(JsonCodec.read(JsonCodec.json(place), PlanPlace.class))
        : Optional.empty();
  }

  /** The input of a job's task. Makes sure that the task knows its job. */
  TaskInput input(TaskKind kind, JobContext context) {
    var id = id(kind, context);
    tasks.link(kind, id, context.job().id());
    return tasks.input(kind, id).orElseThrow(() -> HeadwayException.notFound(kind.label()));
  }

  /**
   * The sound input.
   *
   * @throws HeadwayException INVALID_INPUT with every defect
   */
  Assignment checked(TaskKind kind, TaskInput input, JobContext context) {
    var checked = check.check(kind, input, context.job().times().created());
    if (!checked.valid()) {
      throw HeadwayException.badInput(checked.errors());
    }
    return checked.orThrow();
  }
}
