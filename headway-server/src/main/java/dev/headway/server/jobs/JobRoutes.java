package dev.headway.server.jobs;

import dev.headway.core.account.Access;
import dev.headway.core.engine.JobType;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.LogLine;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.Page;
import dev.headway.core.topic.TopicName;
import dev.headway.server.http.Etag;
import dev.headway.server.http.Paging;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.stream.CancelBody;
import dev.headway.server.stream.JobJson;
import dev.headway.server.webhook.CallbackPolicy;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes under {@code /jobs} for those who create, watch and steer jobs. */
public final class JobRoutes {
  /**
   * The job types of this server.
   *
   * @param open types that {@code POST /jobs} takes
   * @param owned types of applications, which start them through routes of their own
   */
  public record Types(Map<String, JobType> open, Set<String> owned) {}

  private record LogPage(List<LogLine> lines, long lastNumber) {}

  private static final Paging PAGING = Paging.byLimit("jobs");

  private final Jobs jobs;
  private final JobStore store;
  private final Access access;
  private final Types types;
  private final CallbackPolicy callbacks;

  /** The routes over these jobs. */
  public JobRoutes(
      Jobs jobs, JobStore store, Access access, Types types, CallbackPolicy callbacks) {
    this.callbacks = callbacks;
    this.jobs = jobs;
    this.store = store;
    this.access = access;
    this.types = types;
  }

  /** The handlers by operation. */
  public Routes routes() {
    return new Routes()
        .on("submitJob", this::submit)
        .on("listJobs", this::list)
        .on("getJob", this::show)
        .on("deleteJob", this::delete)
        .on("cancelJob", this::cancel)
        .on("retryJob", this::retry)
        .on("readLog", this::readLog);
  }

  private Response submit(Request request) {
    var body = request.json(JobRequests.Submission.class);
    var type = types.open().get(body.jobType());
    check(body, type, request.principal().userId());
    var spec = body.spec(request.principal().userId(), attempts(body, type));
    return submitted(request, spec, steps(body, type));
  }

  private Response submitted(Request request, JobSpec spec, List<String> steps) {
    var submission = jobs.submit(jobs.nextId(), spec, steps);
    var job = submission.job();
    var watch = JobJson.Watch.of(job.id(), request.caller().baseUrl());
    return Response.json(202, JobJson.View.of(job, submission.cursor(), watch))
        .with("Location", "/api/v1/jobs/" + job.id());
  }

  private static Attempts attempts(JobRequests.Submission body, @Nullable JobType type) {
    return body.isExternal() || type == null ? Attempts.DEFAULT : Attempts.of(type.maxAttempts());
  }

  private static List<String> steps(JobRequests.Submission body, @Nullable JobType type) {
    if (body.isExternal() || type == null) {
      return body.steps() == null ? List.of() : body.steps();
    }
    return type.plan().names();
  }

  /** Checks what the schema cannot know, and names all defects at once. */
  private void check(JobRequests.Submission body, @Nullable JobType type, @Nullable Long owner) {
    var defects = new ArrayList<Defect>();
    if (type == null && !body.isExternal()) {
      defects.add(Defect.ofField("job_type", unknown(body.jobType())));
    }
    if (body.callbackUrl() != null) {
      callbacks.defect(body.callbackUrl()).ifPresent(defects::add);
    }
    var parent = body.parentId() == null ? null : parent(body.parentId(), owner, defects);
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    if (parent != null && parent.ended()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "The parent job %s has already ended".formatted(parent.id()));
    }
  }

  private String unknown(String type) {
    return types.owned().contains(type)
        ? "%s is started through its application's own route".formatted(type)
        : "This server has no handler for the job type '%s'. If a worker will do it, submit it with \"external\": true."
            .formatted(type);
  }

  private @Nullable Job parent(UUID id, @Nullable Long owner, List<Defect> defects) {
    var found = jobs.find(id).filter(job -> Objects.equals(job.spec().owner(), owner));
    if (found.isEmpty()) {
      defects.add(Defect.ofField("parent_id", "There is no job %s of yours".formatted(id)));
    }
    return found.orElse(null);
  }

  private Response list(Request request) {
    var filter = JobListQuery.filter(request, access.visible(request.principal()));
    var after = JobListQuery.after(request);
    var page = PAGING.asked(request);
    var found = store.list(filter, page);
    var items = after == null ? found.items() : store.listAfter(filter, after, page.size());
    var views = items.stream().map(jobs::shown).map(Job::listed).map(JobJson.View::of).toList();
    var next = items.size() < page.size() ? null : JobListQuery.cursor(items.getLast());
    return PAGING.answer(
        new Page<>(views, found.total()), page, Collections.singletonMap("next", next));
  }

  private Response show(Request request) {
    var found =
        jobs.read(request.pathUuid("id"))
            .filter(snapshot -> mayWatch(request, snapshot.job()))
            .orElseThrow(() -> HeadwayException.notFound("Job"));
    var view = JobJson.View.of(found.job(), found.cursor(), null);
    return Etag.conditional(request, Etag.of(found.cursor().toString()), Response.ok(view));
  }

  private Response delete(Request request) {
    var job = steerable(request);
    if (types.owned().contains(job.spec().type())) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "%s is deleted through its application's own route".formatted(job.spec().type()));
    }
    jobs.delete(job.id());
    return Response.noContent();
  }

  private Response cancel(Request request) {
    var command = request.json(CancelBody.class, CancelBody.PLAIN).command();
    return Response.json(202, JobJson.View.of(jobs.apply(steerable(request).id(), command)));
  }

  private Response retry(Request request) {
    var ended = steerable(request);
    if (!ended.ended()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "The job has not ended; cancel it before you retry it");
    }
    if (types.owned().contains(ended.spec().type())) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "%s is started again through its application's own route".formatted(ended.spec().type()));
    }
    return submitted(request, ended.spec().retrying(ended.id()), ended.steps());
  }

  private Response readLog(Request request) {
    var job = watchable(request);
    var after = request.queryInt("after", 0);
    var lines = store.log(job.id(), after, request.queryInt("limit", 1_000));
    var last = lines.isEmpty() ? after : lines.getLast().number();
    return Response.ok(new LogPage(lines, last));
  }

  private Job watchable(Request request) {
    return jobs.find(request.pathUuid("id"))
        .filter(job -> mayWatch(request, job))
        .orElseThrow(() -> HeadwayException.notFound("Job"));
  }

  private boolean mayWatch(Request request, Job job) {
    return access.mayWatch(
        request.principal(), job.spec().owner(), Set.of(TopicName.ofJob(job.id()).toString()));
  }

  private Job steerable(Request request) {
    return jobs.find(request.pathUuid("id"))
        .filter(job -> access.maySteer(request.principal(), job.spec().owner()))
        .orElseThrow(() -> HeadwayException.notFound("Job"));
  }
}
