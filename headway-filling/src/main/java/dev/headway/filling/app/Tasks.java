package dev.headway.filling.app;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.engine.Jobs;
import dev.headway.core.engine.Submission;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.JobSpec;
import dev.headway.core.port.JobStore.Visibility;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import dev.headway.core.topic.Topic;
import dev.headway.filling.store.Task;
import dev.headway.filling.store.TaskFilter;
import dev.headway.filling.store.TaskInput;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.store.TaskState;
import dev.headway.filling.store.TaskStore;
import dev.headway.server.http.JsonCodec;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Schedules and comparisons for those who may see or steer them; to everybody else they do not
 * exist. Thread-safe; blocks.
 */
final class Tasks {
  private static final long PATIENCE_SECONDS = 10;

  /** What decides about tasks. */
  record Desk(Jobs jobs, Access access, InstantSource clock) {}

  /** A new task, its job and the place from which to follow it. */
  record Submitted(Task task, Submission submission) {}

  private final TaskStore store;
  private final Desk desk;

  Tasks(TaskStore store, Desk desk) {
    this.store = store;
    this.desk = desk;
  }

  Jobs jobs() {
    return desk.jobs();
  }

  /**
   * Keeps an input and submits its job.
   *
   * @param steps the names of the job's steps
   */
  Submitted submit(TaskKind kind, Principal who, TaskInput input, List<String> steps) {
    var owner = who.userId();
    var id = store.add(kind, owner, input, desk.clock().instant());
    var payload = JsonCodec.json(Map.of(kind.idKey(), id));
    var spec = JobSpec.of(kind.jobType(), payload, owner).withMaxAttempts(Workshop.MAX_ATTEMPTS);
    var submission = desk.jobs().submit(desk.jobs().nextId(), spec, steps);
    var job = submission.job().id();
    store.link(kind, id, job);
    return new Submitted(
        new Task(kind, id, job, owner, input.name(), input.strategies()), submission);
  }

  /** A task that somebody may watch. */
  Optional<Found> watchable(TaskKind kind, long id, Principal who) {
    return found(kind, id)
        .filter(found -> desk.access().mayWatch(who, found.task().owner(), found.task().topics()));
  }

  /** A task that somebody may cancel and delete. */
  Optional<Found> steerable(TaskKind kind, long id, Principal who) {
    return found(kind, id).filter(found -> maySteer(found.task(), who));
  }

  boolean maySteer(Task task, Principal who) {
    return desk.access().maySteer(who, task.owner());
  }

  private Optional<Found> found(TaskKind kind, long id) {
    return store
        .find(kind, id)
        .flatMap(task -> desk.jobs().find(task.job()).map(job -> new Found(task, job)));
  }

  /** A page of all that somebody may see, newest first. */
  Page<TaskState> list(TaskKind kind, Principal who, TaskFilter filter, PageRequest page) {
    var mine =
        new TaskFilter(visibility(who), filter.statuses(), filter.strategy(), filter.search());
    return store.list(kind, mine, page);
  }

  private @Nullable Visibility visibility(Principal who) {
    return who.admin() ? null : new Visibility(who.userId(), desk.access().anonymousServed());
  }

  /** What was asked for. */
  TaskInput input(Task task) {
    return store.input(task.kind(), task.id()).orElseThrow(() -> notFound(task.kind()));
  }

  /**
   * Asks a task's job to stop.
   *
   * @param keepPartial whether the best schedule so far is wanted
   * @throws HeadwayException TOO_LATE when it has ended
   */
  Found cancel(Found found, boolean keepPartial) {
    var command = new Command.RequestCancel(keepPartial);
    return new Found(found.task(), desk.jobs().apply(found.job().id(), command));
  }

  /**
   * Removes a task and closes its watchers; one that runs is cancelled first.
   *
   * @throws HeadwayException CONFLICT when its work has not stopped in time
   */
  void delete(Found found) throws InterruptedException {
    var job = found.job().id();
    var topic = desk.jobs().topic(job);
    if (!topic.state().ended()) {
      desk.jobs().decide(job, new Command.RequestCancel(false));
      awaitEnd(topic);
    }
    desk.jobs().delete(job);
  }

  private void awaitEnd(Topic topic) throws InterruptedException {
    var ended = new CountDownLatch(1);
    var listener =
        new Topic.Listener() {
          @Override
          public void appended() {
            if (topic.state().ended()) {
              ended.countDown();
            }
          }

          @Override
          public void removed() {
            ended.countDown();
          }
        };
    topic.listen(listener);
    try {
      listener.appended(); // it may have ended before anybody listened
      var _ = ended.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } finally {
      topic.unlisten(listener, desk.clock().instant());
    }
  }

  /** What somebody is told who may not know whether there is such a thing. */
  static HeadwayException notFound(TaskKind kind) {
    return HeadwayException.notFound(
        switch (kind) {
          case SCHEDULE -> "Schedule";
          case COMPARISON -> "Comparison";
        });
  }
}
