package dev.headway.filling.app;

import dev.headway.core.engine.JobContext;
import dev.headway.core.error.HeadwayException;
import dev.headway.filling.store.PlanStore;
import dev.headway.filling.store.TaskInput;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.store.TaskStore;
import dev.headway.server.http.JsonCodec;

/**
 * What jobs of both kinds work with.
 *
 * @param tasks has what was asked for
 * @param plans keeps what was found
 * @param check finds what is wrong with the input
 * @param planning runs the planners
 */
record Workshop(TaskStore tasks, PlanStore plans, InputCheck check, Planning planning) {
  /** How often a job may be started when its server dies. */
  static final int MAX_ATTEMPTS = 3;

  /** The number of the task that a job is for. */
  static long id(TaskKind kind, JobContext context) {
    return JsonCodec.tree(context.payload()).path(kind.idKey()).asLong();
  }

  /** What a job is to do. Makes sure that the task knows its job. */
  TaskInput input(TaskKind kind, JobContext context) {
    var id = id(kind, context);
    tasks.link(kind, id, context.job().id());
    return tasks.input(kind, id).orElseThrow(() -> Tasks.notFound(kind));
  }

  /**
   * The sound input.
   *
   * @throws HeadwayException INVALID_INPUT with every defect
   */
  Assignment checked(TaskKind kind, TaskInput input) {
    var checked = check.check(kind, input);
    if (!checked.valid()) {
      throw HeadwayException.badInput(checked.errors());
    }
    return checked.orThrow();
  }
}
