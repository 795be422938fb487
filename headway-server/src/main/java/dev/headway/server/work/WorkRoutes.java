package dev.headway.server.work;

import dev.headway.core.engine.Submission;
import dev.headway.core.job.Job;
import dev.headway.core.topic.Cursor;
import dev.headway.server.http.Etag;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.stream.CancelBody;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;

/**
 * The routes that all kinds of resource share: show, create, cancel, delete. Thread-safe; blocks.
 *
 * @param items finds resources
 * @param parameter the path parameter that holds the id
 * @param <W> the resources' type
 */
public record WorkRoutes<W extends WorkItem>(WorkItems<W> items, String parameter) {
  /** A resource in an answer: an object that is written as JSON. */
  @FunctionalInterface
  public interface ItemView<W extends WorkItem> {
    /**
     * The answer's body.
     *
     * @param cursor the place in the log from which the resource can be followed
     * @param watch where it can be watched
     */
    Object of(WorkState<W> state, Cursor cursor, WatchLinks watch);
  }

  /**
   * The resource of the path.
   *
   * @throws dev.headway.core.error.HeadwayException NOT_FOUND for those who may not watch it
   */
  public WorkState<W> watchable(Request request) {
    return found(items.watchable(request.pathText(parameter), request.principal()));
  }

  /**
   * The resource of the path.
   *
   * @throws dev.headway.core.error.HeadwayException NOT_FOUND for those who may not steer it
   */
  public WorkState<W> steerable(Request request) {
    return found(items.steerable(request.pathText(parameter), request.principal()));
  }

  private WorkState<W> found(Optional<WorkState<W>> state) {
    return state.orElseThrow(items::notFound);
  }

  /** The resource of the path as it is now, with the tag of its version. */
  public Response show(Request request, ItemView<W> view) {
    var found = watchable(request);
    var snapshot = items.topic(found.item()).snapshot();
    var present = snapshot.state() instanceof Job job ? new WorkState<>(found.item(), job) : found;
    var body = view.of(present, snapshot.cursor(), links(request, found.item()));
    return Etag.conditional(request, tag(found.item(), snapshot.cursor()), Response.ok(body));
  }

  private static String tag(WorkItem item, Cursor cursor) {
    var version = item.version();
    return version.isEmpty()
        ? Etag.of(cursor.toString())
        : Etag.of((cursor + " " + version).getBytes(StandardCharsets.UTF_8));
  }

  /** A new resource whose job was submitted. */
  public Response created(Request request, W item, Submission submission, ItemView<W> view) {
    var state = new WorkState<>(item, submission.job());
    var body = view.of(state, submission.cursor(), links(request, item));
    return Response.json(202, body).with("Location", items.kind().location(item));
  }

  private WatchLinks links(Request request, W item) {
    return WatchLinks.of(items.kind(), item, request.caller().baseUrl());
  }

  /** Asks the job of the path's resource to stop; the body may ask to keep the best result. */
  public Response cancel(Request request, Function<WorkState<W>, ?> view) {
    var command = request.json(CancelBody.class, CancelBody.PLAIN).command();
    return Response.json(202, view.apply(items.cancel(steerable(request), command)));
  }

  /** Removes the path's resource; one that runs is not removed. */
  public Response delete(Request request) {
    items.delete(steerable(request));
    return Response.noContent();
  }

  /** Removes the path's resource, after cancelling it when it runs. */
  public WorkState<W> cancelAndDelete(Request request) throws InterruptedException {
    var state = steerable(request);
    items.cancelAndDelete(state);
    return state;
  }
}
