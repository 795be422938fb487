package dev.headway.server.jobs;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lease;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.job.ProgressReport;
import dev.headway.core.port.JobStore.Waiting;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes under {@code /jobs} for workers outside the server: claim, report, end. */
public final class WorkerRoutes {
  private final Jobs jobs;
  private final Access access;
  private final InstantSource clock;

  /** The routes over these jobs. */
  public WorkerRoutes(Jobs jobs, Access access, InstantSource clock) {
    this.jobs = jobs;
    this.access = access;
    this.clock = clock;
  }

  /** The handlers by operation. */
  public Routes routes() {
    return new Routes()
        .on("claimJob", this::claim)
        .on("reportProgress", this::progress)
        .on("completeJob", this::complete)
        .on("failJob", this::fail)
        .on("acknowledgeCancel", this::cancelled)
        .on("appendLog", this::appendLog);
  }

  private Response claim(Request request) throws InterruptedException {
    var body = request.json();
    var queue = body.path("queue").asString(JobSpec.DEFAULT_QUEUE);
    if (!access.mayClaim(request.principal(), queue)) {
      throw new HeadwayException(
          ErrorCode.AUTHORIZATION_ERROR,
          "Jobs of the queue %s may not be claimed with these credentials".formatted(queue));
    }
    return waitForJob(request, waiting(body, queue, request.principal()))
        .map(WorkerRoutes::claimed)
        .orElseGet(Response::noContent);
  }

  private static Waiting waiting(JsonNode body, String queue, Principal who) {
    var types = new HashSet<String>();
    body.path("job_types").forEach(type -> types.add(type.asString()));
    return new Waiting(queue, types, true, who instanceof Principal.Anonymous);
  }

  /* A worker that has gone away while it waited takes no job: nobody would work on it. */
  private Optional<Job> waitForJob(Request request, Waiting waiting) throws InterruptedException {
    var body = request.json();
    var until = clock.instant().plus(seconds(body, "wait_seconds", 0));
    var worker = body.path("worker_id").asString();
    var lease = seconds(body, "lease_seconds", 30);
    while (request.caller().connected().getAsBoolean()) {
      var seen = jobs.queueSignal().count();
      var claimed = jobs.claim(waiting, worker, lease);
      var left = Duration.between(clock.instant(), until);
      if (claimed.isPresent() || left.isNegative() || left.isZero()) {
        return claimed;
      }
      jobs.queueSignal().await(seen, left);
    }
    return Optional.empty();
  }

  private static Duration seconds(JsonNode body, String name, double otherwise) {
    return Duration.ofMillis(Math.round(body.path(name).asDouble(otherwise) * 1_000));
  }

  private static Response claimed(Job job) {
    var lease = Objects.requireNonNull(job.lease());
    var answer = new LinkedHashMap<String, Object>();
    answer.put("job", JobView.of(job));
    answer.put("lease", lease.token());
    answer.put("lease_expires_at", lease.expiresAt());
    return Response.ok(answer);
  }

  private Response progress(Request request) {
    var body = request.json();
    var job = jobs.report(request.pathUuid("id"), lease(body), report(body));
    var answer = new LinkedHashMap<String, Object>();
    answer.put("cancel_requested", job.cancelRequested());
    answer.put("keep_partial", job.cancel() != null && job.cancel().keepPartial());
    answer.put("lease_expires_at", expiry(job.lease()));
    return Response.ok(answer);
  }

  private Instant expiry(@Nullable Lease lease) {
    return lease == null ? clock.instant() : lease.expiresAt();
  }

  private static ProgressReport report(JsonNode body) {
    return new ProgressReport(
        body.hasNonNull("progress") ? body.get("progress").asDouble() : null,
        body.hasNonNull("done") ? body.get("done").asLong() : null,
        body.hasNonNull("total") ? body.get("total").asLong() : null,
        text(body, "stage"),
        text(body, "message"),
        body.hasNonNull("metadata") ? new Json(body.get("metadata").toString()) : null);
  }

  private static @Nullable String text(JsonNode body, String name) {
    return body.hasNonNull(name) ? body.get(name).asString() : null;
  }

  private static String lease(JsonNode body) {
    return body.path("lease").asString();
  }

  private Response complete(Request request) {
    var body = request.json();
    var result = new Json(body.has("result") ? body.get("result").toString() : "null");
    return ended(request, new Command.Complete(lease(body), result));
  }

  private Response fail(Request request) {
    var body = request.json();
    var error =
        new JobError(
            ErrorCode.EXECUTION_ERROR, body.path("error").asString(), text(body, "details"));
    return ended(
        request, new Command.Fail(lease(body), error, body.path("retryable").asBoolean(false)));
  }

  private Response cancelled(Request request) {
    var body = request.json();
    var partial = body.hasNonNull("partial") ? new Json(body.get("partial").toString()) : null;
    return ended(request, new Command.AcknowledgeCancel(lease(body), partial));
  }

  private Response ended(Request request, Command command) {
    return Response.ok(JobView.of(jobs.apply(request.pathUuid("id"), command)));
  }

  private Response appendLog(Request request) {
    var id = request.pathUuid("id");
    checkMayWrite(request, id);
    var last = 0L;
    for (var group : byStream(request.json().path("lines"))) {
      last = jobs.log(id, group.stream(), group.texts());
    }
    return Response.ok(Map.of("last_number", last));
  }

  private void checkMayWrite(Request request, UUID id) {
    var job = jobs.find(id).orElseThrow(() -> HeadwayException.notFound("Job"));
    var shown = text(request.json(), "lease");
    if (shown == null && !access.maySteer(request.principal(), job.spec().owner())) {
      throw HeadwayException.notFound("Job");
    }
    var lease = job.lease();
    if (shown != null && (lease == null || !lease.token().equals(shown))) {
      throw new HeadwayException(
          ErrorCode.LEASE_LOST, "The lease was lost: another attempt has begun or may begin");
    }
  }

  private record Group(String stream, List<String> texts) {}

  private static List<Group> byStream(JsonNode lines) {
    var groups = new ArrayList<Group>();
    for (var line : lines) {
      var stream = line.isString() ? "log" : line.path("stream").asString("log");
      var text = line.isString() ? line.asString() : line.path("text").asString();
      if (groups.isEmpty() || !groups.getLast().stream().equals(stream)) {
        groups.add(new Group(stream, new ArrayList<>()));
      }
      groups.getLast().texts().add(text);
    }
    return groups;
  }
}
