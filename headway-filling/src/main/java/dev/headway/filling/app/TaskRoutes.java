package dev.headway.filling.app;

import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.JobStatus;
import dev.headway.core.topic.Cursor;
import dev.headway.filling.store.PlanPlace;
import dev.headway.filling.store.Task;
import dev.headway.filling.store.TaskFilter;
import dev.headway.filling.store.TaskInput;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.strategy.Strategy;
import dev.headway.filling.work.TaskSubmissions;
import dev.headway.server.http.Paging;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.work.WatchLinks;
import dev.headway.server.work.WorkRoutes;
import dev.headway.server.work.WorkState;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The routes that schedules and comparisons share: create, show, list, cancel, delete.
 *
 * @param kind which of the two
 * @param work finds tasks
 * @param submissions takes new tasks
 * @param paging how lists are asked for and answered
 */
record TaskRoutes(
    TaskKind kind, WorkRoutes<Task> work, TaskSubmissions submissions, Paging paging) {
  /** The answer to a deletion. */
  private record Deletion(long id, boolean deleted) {}

  Response list(Request request) {
    var page = paging.asked(request);
    var filter =
        new TaskFilter(
            work.items().visibility(request.principal()),
            request.query("status").map(TaskRoutes::statuses).orElse(null),
            strategy(request),
            request.query("search").filter(text -> !text.isBlank()).orElse(null));
    var found = submissions.store().list(kind, filter, page);
    return paging.answer(found.map(TaskView::of), page);
  }

  private static Set<JobStatus> statuses(String word) {
    var statuses = EnumSet.allOf(JobStatus.class);
    statuses.removeIf(status -> !TaskWords.status(status).equals(word));
    return statuses;
  }

  private static @Nullable String strategy(Request request) {
    var name = request.query("strategy").orElse("");
    if (name.isBlank()) {
      return null;
    }
    return Strategy.named(name)
        .map(Strategy::label)
        .orElseThrow(() -> HeadwayException.invalid("strategy", Strategy.unknown(name)));
  }

  /**
   * Keeps an input, submits its job and answers with both.
   *
   * @param steps the names of the job's steps
   */
  Response create(Request request, TaskInput input, List<String> steps) {
    var submitted = submissions.submit(kind, request.principal(), input, steps);
    return work.created(request, submitted.task(), submitted.submission(), TaskRoutes::watchable);
  }

  /** Keeps an input, submits the job that takes over a plan and answers with both. */
  Response adopt(Request request, TaskInput input, PlanPlace plan) {
    var submitted = submissions.adopt(request.principal(), input, plan);
    return work.created(request, submitted.task(), submitted.submission(), TaskRoutes::watchable);
  }

  private static TaskView.Watchable watchable(
      WorkState<Task> state, Cursor cursor, WatchLinks watch) {
    var view = TaskView.of(state.item(), state.job());
    return new TaskView.Watchable(view, cursor.toString(), watch);
  }

  /**
   * The answer with one task as it is now.
   *
   * @param details what only this kind has
   */
  Response show(Request request, Function<WorkState<Task>, TaskResults.Details> details) {
    return work.show(
        request,
        (state, cursor, watch) ->
            TaskView.Whole.of(watchable(state, cursor, watch), state.job(), details.apply(state)));
  }

  Response cancel(Request request) {
    return work.cancel(request, state -> TaskView.of(state.item(), state.job()));
  }

  Response delete(Request request) throws InterruptedException {
    var deleted = work.cancelAndDelete(request);
    return Response.ok(new Deletion(deleted.item().id(), true));
  }
}
