package dev.headway.server.jobs;

import dev.headway.core.account.Access;
import dev.headway.core.engine.JobSnapshot;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.LogLine;
import dev.headway.core.port.JobStore;
import dev.headway.server.http.Etag;
import dev.headway.server.http.Paging;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.stream.CancelBody;
import dev.headway.server.stream.JobJson;
import java.util.List;
import java.util.Set;

/** The routes under {@code /jobs} for those who watch and steer jobs. */
public final class JobRoutes {
  private record LogPage(List<LogLine> lines, long lastNumber) {}

  private static final Paging PAGING = Paging.byLimit("jobs");

  private final Jobs jobs;
  private final JobStore store;
  private final Access access;
  private final JobAccess named;
  private final Set<String> owned;

  /**
   * The routes over these jobs.
   *
   * @param owned job types of applications, which delete them through routes of their own
   */
  public JobRoutes(Jobs jobs, JobStore store, Access access, Set<String> owned) {
    this.jobs = jobs;
    this.store = store;
    this.access = access;
    this.named = new JobAccess(jobs, access);
    this.owned = Set.copyOf(owned);
  }

  /** The handlers by operation. */
  public Routes routes() {
    return new Routes()
        .on("listJobs", this::list)
        .on("getJob", this::show)
        .on("deleteJob", this::delete)
        .on("cancelJob", this::cancel)
        .on("readLog", this::readLog);
  }

  private Response list(Request request) {
    var page = PAGING.asked(request);
    var found = store.list(JobListQuery.filter(request, access.visible(request.principal())), page);
    return PAGING.answer(found.map(job -> JobJson.View.of(jobs.shown(job).listed())), page);
  }

  private Response show(Request request) {
    var found =
        jobs.read(request.pathUuid("id"))
            .filter(snapshot -> named.mayWatch(request, snapshot.job()))
            .orElseThrow(() -> HeadwayException.notFound("Job"));
    var view = JobJson.View.of(found.job(), found.cursor(), null);
    return Etag.conditional(request, tag(found), Response.ok(view));
  }

  /* A job that waits moves up in its queue without an event. */
  private static String tag(JobSnapshot found) {
    var place = found.job().place();
    var cursor = found.cursor().toString();
    return place == null
        ? Etag.of(cursor)
        : Etag.of("%s.%s.%s".formatted(cursor, place.position(), place.expectedStart()));
  }

  private Response delete(Request request) {
    var job = named.steerable(request);
    if (owned.contains(job.spec().type())) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "%s is deleted through its application's own route".formatted(job.spec().type()));
    }
    jobs.delete(job.id());
    return Response.noContent();
  }

  private Response cancel(Request request) {
    var command = request.json(CancelBody.class, CancelBody.PLAIN).command();
    return Response.json(202, JobJson.View.of(jobs.apply(named.steerable(request).id(), command)));
  }

  private Response readLog(Request request) {
    var job = named.watchable(request);
    var after = request.queryLong("after", 0);
    var limit = request.queryInt("limit", 1_000);
    var stream = request.query().get("stream");
    var lines =
        stream == null
            ? store.log(job.id(), after, limit)
            : store.log(job.id(), stream, after, limit);
    var last = lines.isEmpty() ? after : lines.getLast().number();
    return Response.ok(new LogPage(lines, last));
  }
}
