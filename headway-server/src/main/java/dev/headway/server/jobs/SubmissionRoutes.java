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
import dev.headway.core.job.Lease;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.stream.JobJson;
import dev.headway.server.webhook.CallbackPolicy;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The routes by which new jobs come in: submit, one or many, and retry. */
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
      @JsonUnwrapped JobJson.View job, @Nullable String lease, @Nullable Instant leaseExpiresAt) {
    static Submitted of(Submission submission, String baseUrl) {
      var job = submission.job();
      var watch = JobJson.Watch.of(job.id(), baseUrl);
      var view = JobJson.View.of(job, submission.cursor(), watch);
      var lease = submitters(job.lease());
      return lease == null
          ? new Submitted(view, null, null)
          : new Submitted(view, lease.token(), lease.expiresAt());
    }

    /* To submit it once more, because no answer came, is to be given the same lease. */
    private static @Nullable Lease submitters(@Nullable Lease lease) {
      return lease != null && lease.worker().equals(SubmissionReader.SUBMITTER) ? lease : null;
    }
  }

  private record AllSubmitted(List<Submitted> jobs) {}

  private static final String KEY = "idempotency_key";
  private static final Pattern TRACEPARENT =
      Pattern.compile("00-(?!0{32})[0-9a-f]{32}-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");

  private final Jobs jobs;
  private final JobAccess named;
  private final SubmissionReader.Rules rules;

  /** The routes over these jobs. */
  public SubmissionRoutes(
      Jobs jobs, Access access, Types types, CallbackPolicy callbacks, InstantSource clock) {
    this.jobs = jobs;
    this.named = new JobAccess(jobs, access);
    this.rules = new SubmissionReader.Rules(jobs, types.open(), types.owned(), callbacks, clock);
  }

  /** The handlers by operation. */
  public Routes routes() {
    return new Routes()
        .on("submitJob", this::submit)
        .on("submitJobs", this::submitAll)
        .on("retryJob", this::retry);
  }

  private Response submit(Request request) {
    var body = request.json(JobRequests.Submission.class);
    var header = idempotencyKey(request).orElse(null);
    if (header != null && body.idempotencyKey() != null && !header.equals(body.idempotencyKey())) {
      throw HeadwayException.invalid(
          List.of(
              Defect.ofField(
                  KEY,
                  "idempotency_key (%s) and the header Idempotency-Key (%s) must be the same; send one"
                      .formatted(body.idempotencyKey(), header))));
    }
    var reader = reader(request);
    reader.add("", body, header);
    return answer(request, jobs.submit(reader.jobs().getFirst()));
  }

  private Response submitAll(Request request) {
    var reader = reader(request);
    var header = idempotencyKey(request);
    var bodies = request.jsonList("jobs", JobRequests.Submission.class);
    for (var at = 0; at < bodies.size(); at++) {
      var place = at;
      var key = header.map(whole -> whole + "/" + place).orElse(null);
      reader.add("jobs[%d].".formatted(at), bodies.get(at), key);
    }
    var baseUrl = request.caller().baseUrl();
    var submitted =
        jobs.submit(reader.jobs()).stream()
            .map(submission -> Submitted.of(submission, baseUrl))
            .toList();
    return Response.json(202, new AllSubmitted(submitted));
  }

  private SubmissionReader reader(Request request) {
    return new SubmissionReader(
        rules, request.principal().userId(), traceparent(request), request.defects());
  }

  /* One that is not well-formed is ignored (W3C Trace Context, 3.2). */
  private static @Nullable String traceparent(Request request) {
    return request
        .header("traceparent")
        .filter(text -> TRACEPARENT.matcher(text).matches())
        .orElse(null);
  }

  /** The key of the header, which may be quoted (RFC 9651, section 3.3.3). */
  private static Optional<String> idempotencyKey(Request request) {
    return request
        .header("idempotency-key")
        .map(text ->
            text.length() > 2 && text.startsWith("\"") && text.endsWith("\"")
                ? text.substring(1, text.length() - 1)
                : text);
  }

  private static Response answer(Request request, Submission submission) {
    return Response.json(202, Submitted.of(submission, request.caller().baseUrl()))
        .with("Location", "/api/v1/jobs/" + submission.job().id());
  }

  private Response retry(Request request) {
    var ended = named.steerable(request);
    if (!ended.ended()) {
      throw new HeadwayException(
          ErrorCode.CONFLICT, "The job has not ended; cancel it before you retry it");
    }
    if (rules.owned().contains(ended.spec().type())) {
      throw new HeadwayException(
          ErrorCode.CONFLICT,
          "%s is started again through its application's own route".formatted(ended.spec().type()));
    }
    var key = idempotencyKey(request).orElse(null);
    var spec =
        ended
            .spec()
            .retrying(ended.id())
            .with(draft -> draft.idempotencyKey(key).traceparent(traceparent(request)));
    return answer(request, jobs.submit(new NewJob(jobs.nextId(), spec, ended.steps(), null, null)));
  }
}
