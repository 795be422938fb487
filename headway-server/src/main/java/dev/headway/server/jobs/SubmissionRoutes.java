package dev.headway.server.jobs;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import dev.headway.core.account.Access;
import dev.headway.core.engine.JobType;
import dev.headway.core.engine.Jobs;
import dev.headway.core.engine.NewJob;
import dev.headway.core.engine.Submission;
import dev.headway.core.error.Defect;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Attempts;
import dev.headway.core.job.Job;
import dev.headway.core.job.Lease;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.stream.JobJson;
import dev.headway.server.webhook.CallbackPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes by which new jobs come in: submit, and retry. */
public final class SubmissionRoutes {
  /**
   * The job types of this server.
   *
   * @param open types that {@code POST /jobs} takes
   * @param owned types of applications, which start them through routes of their own
   */
  public record Types(Map<String, JobType> open, Set<String> owned) {}

  /**
   * The answer to a submission.
   *
   * @param lease the lease of a job that its submitter does; else null
   */
  @JsonInclude(NON_NULL)
  private record Submitted(
      @JsonUnwrapped JobJson.View job, @Nullable String lease, @Nullable Instant leaseExpiresAt) {}

  /** The name of a worker that is the job's submitter. */
  private static final String SUBMITTER = "submitter";

  private final Jobs jobs;
  private final JobAccess named;
  private final Types types;
  private final CallbackPolicy callbacks;

  /** The routes over these jobs. */
  public SubmissionRoutes(Jobs jobs, Access access, Types types, CallbackPolicy callbacks) {
    this.jobs = jobs;
    this.named = new JobAccess(jobs, access);
    this.types = types;
    this.callbacks = callbacks;
  }

  /** The handlers by operation. */
  public Routes routes() {
    return new Routes().on("submitJob", this::submit).on("retryJob", this::retry);
  }

  private Response submit(Request request) {
    var body = request.json(JobRequests.Submission.class);
    var owner = request.principal().userId();
    var type = body.isExternal() ? null : types.open().get(body.jobType());
    check(body, type, owner);
    var spec = body.spec(owner, attempts(body, type));
    var job = new NewJob(jobs.nextId(), spec, steps(body, type));
    return body.isStarted()
        ? answer(request, jobs.start(job, SUBMITTER, body.lease()))
        : answer(request, jobs.submit(job.id(), spec, job.steps()));
  }

  private static Response answer(Request request, Submission submission) {
    var job = submission.job();
    var watch = JobJson.Watch.of(job.id(), request.caller().baseUrl());
    var view = JobJson.View.of(job, submission.cursor(), watch);
    var lease = submitters(job.lease());
    var body =
        lease == null
            ? new Submitted(view, null, null)
            : new Submitted(view, lease.token(), lease.expiresAt());
    return Response.json(202, body).with("Location", "/api/v1/jobs/" + job.id());
  }

  /* To submit it once more, because no answer came, is to be given the same lease. */
  private static @Nullable Lease submitters(@Nullable Lease lease) {
    return lease != null && lease.worker().equals(SUBMITTER) ? lease : null;
  }

  private static Attempts attempts(JobRequests.Submission body, @Nullable JobType type) {
    if (type != null) {
      return Attempts.of(type.maxAttempts());
    }
    return body.isStarted() ? Attempts.of(1) : Attempts.DEFAULT;
  }

  private static List<String> steps(JobRequests.Submission body, @Nullable JobType type) {
    return type == null ? Objects.requireNonNullElse(body.steps(), List.of()) : type.plan().names();
  }

  /** Checks what the schema cannot know, and names all defects at once. */
  private void check(JobRequests.Submission body, @Nullable JobType type, @Nullable Long owner) {
    var defects = new ArrayList<Defect>(body.defects());
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

  private Response retry(Request request) {
    var ended = named.steerable(request);
    if (!ended.ended()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "The job has not ended; cancel it before you retry it");
    }
    if (types.owned().contains(ended.spec().type())) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "%s is started again through its application's own route".formatted(ended.spec().type()));
    }
    var spec = ended.spec().retrying(ended.id());
    return answer(request, jobs.submit(jobs.nextId(), spec, ended.steps()));
  }
}
