package dev.headway.filling.app;

import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobStatus;
import dev.headway.filling.store.TaskFilter;
import dev.headway.filling.store.TaskKind;
import dev.headway.filling.strategy.Strategy;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** What schedules and comparisons have in common: list, cancel, delete. */
record TaskRoutes(TaskKind kind, String listKey, Tasks tasks) {
  private static final int PAGE_SIZE = 20;

  Response list(Request request) {
    var page = request.page("page_size", PAGE_SIZE);
    var filter =
        new TaskFilter(
            null,
            request.query("status").map(TaskRoutes::statuses).orElse(null),
            strategy(request),
            request.query("search").filter(text -> !text.isBlank()).orElse(null));
    var found = tasks.list(kind, request.principal(), filter, page);
    var answer = new LinkedHashMap<String, Object>();
    answer.put(listKey, found.items().stream().map(TaskView::of).toList());
    answer.put("total", found.total());
    answer.put("page", page.page());
    answer.put("page_size", page.size());
    return Response.ok(answer);
  }

  private static Set<JobStatus> statuses(String word) {
    var statuses = EnumSet.allOf(JobStatus.class);
    statuses.removeIf(status -> !Wording.status(status).equals(word));
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

  Response cancel(Request request) {
    var keepPartial =
        request.body() instanceof Request.Body.Json(var body)
            && body.path("keep_partial").asBoolean(false);
    var cancelled = tasks.cancel(steerable(request), keepPartial);
    return Response.json(202, TaskView.of(cancelled.state()));
  }

  Response delete(Request request) throws InterruptedException {
    var found = steerable(request);
    tasks.delete(found);
    return Response.ok(Map.of("id", found.task().id(), "deleted", true));
  }

  private Found steerable(Request request) {
    return tasks
        .steerable(kind, request.pathLong("id"), request.principal())
        .orElseThrow(() -> Tasks.notFound(kind));
  }

  Found watchable(Request request) {
    return tasks
        .watchable(kind, request.pathLong("id"), request.principal())
        .orElseThrow(() -> Tasks.notFound(kind));
  }

  /**
   * The answer to a request for one task as it is now.
   *
   * @param details adds what only this kind has
   */
  Response shown(Request request, BiConsumer<Found, Map<String, Object>> details) {
    var found = watchable(request);
    var snapshot = tasks.jobs().topic(found.job().id()).snapshot();
    var present = snapshot.state() instanceof Job job ? new Found(found.task(), job) : found;
    var view = TaskView.at(present, snapshot, request.caller().baseUrl());
    details.accept(present, view);
    return Response.ok(view).with("ETag", "\"" + snapshot.cursor() + "\"");
  }

  /** The answer to a request for something new. */
  Response submitted(Request request, Tasks.Submitted submitted) {
    var submission = submitted.submission();
    var state = new Found(submitted.task(), submission.job()).state();
    var cursor = submission.cursor().toString();
    return Response.json(202, TaskView.following(state, cursor, request.caller().baseUrl()))
        .with("Location", location(submitted.task().id()));
  }

  private String location(long id) {
    return switch (kind) {
      case SCHEDULE -> "/api/v1/schedule/" + id;
      case COMPARISON -> "/api/v1/compare/" + id;
    };
  }
}
