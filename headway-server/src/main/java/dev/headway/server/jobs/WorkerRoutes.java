package dev.headway.server.jobs;

import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.Json;
import dev.headway.core.job.Lease;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.port.JobStore.Waiting;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.stream.JobJson;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The routes under {@code /jobs} for workers outside the server: claim, report, end. */
public final class WorkerRoutes {
  private record Claimed(JobJson.View job, String lease, Instant leaseExpiresAt) {
    static Claimed of(Job job) {
      var lease = Objects.requireNonNull(job.lease());
      return new Claimed(JobJson.View.of(job), lease.token(), lease.expiresAt());
    }
  }

  private record Reported(boolean cancelRequested, boolean keepPartial, Instant leaseExpiresAt) {}

  private record LogWritten(long lastNumber) {}

  private final Jobs jobs;
  private final Access access;
  private final JobAccess named;
  private final InstantSource clock;

  /** The routes over these jobs. */
  public WorkerRoutes(Jobs jobs, Access access, InstantSource clock) {
    this.jobs = jobs;
    this.access = access;
    this.named = new JobAccess(jobs, access);
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
    var body = request.json(JobRequests.Claim.class);
    if (!access.mayClaim(request.principal(), body.queueName())) {
      throw new HeadwayException(
          ErrorCode.AUTHORIZATION_ERROR,
          "Jobs of the queue %s may not be claimed with these credentials"
              .formatted(body.queueName()));
    }
    return waitForJob(request, body)
        .map(job -> Response.ok(Claimed.of(job)))
        .orElseGet(Response::noContent);
  }

  private Waiting waiting(JobRequests.Claim body, Principal who) {
    var types = body.jobTypes() == null ? Set.<String>of() : Set.copyOf(body.jobTypes());
    return new Waiting(body.queueName(), types, true, access.claimable(who));
  }

  /* A worker that disconnected while it waited takes no job. */
  private Optional<Job> waitForJob(Request request, JobRequests.Claim body)
      throws InterruptedException {
    var waiting = waiting(body, request.principal());
    var left = body.patience();
    while (request.caller().connected().getAsBoolean()) {
      var seen = jobs.queueSignal().count();
      var claimed = jobs.claim(waiting, body.workerId(), body.lease());
      if (claimed.isPresent() || !left.isPositive()) {
        return claimed;
      }
      left = jobs.queueSignal().await(seen, left);
    }
    return Optional.empty();
  }

  private Response progress(Request request) {
    var body = request.json(JobRequests.Report.class);
    var job = jobs.report(named.workable(request), body.lease(), body.report());
    return Response.ok(
        new Reported(
            job.cancelRequested(),
            job.cancel() != null && job.cancel().keepPartial(),
            expiry(job.lease())));
  }

  private Instant expiry(@Nullable Lease lease) {
    return lease == null ? clock.instant() : lease.expiresAt();
  }

  private Response complete(Request request) {
    var body = request.json(JobRequests.Completion.class);
    var result = body.result() == null ? new Json("null") : body.result();
    return ended(request, new Command.Complete(body.lease(), result));
  }

  private Response fail(Request request) {
    var body = request.json(JobRequests.Failure.class);
    var error = new JobError(ErrorCode.EXECUTION_ERROR, body.error(), body.details());
    return ended(request, new Command.Fail(body.lease(), error, body.isRetryable()));
  }

  private Response cancelled(Request request) {
    var body = request.json(JobRequests.Cancelled.class);
    var partial = body.partial() == null || body.partial().isNull() ? null : body.partial();
    return ended(request, new Command.AcknowledgeCancel(body.lease(), partial));
  }

  private Response ended(Request request, Command command) {
    return Response.ok(JobJson.View.of(jobs.apply(named.workable(request), command)));
  }

  private Response appendLog(Request request) {
    var id = named.workable(request);
    var body = request.json(JobRequests.LogAppend.class);
    checkMayWrite(request, id, body.lease());
    var last = 0L;
    for (var group : byStream(body.lines())) {
      last = jobs.log(id, group.stream(), group.texts());
    }
    return Response.ok(new LogWritten(last));
  }

  private void checkMayWrite(Request request, UUID id, @Nullable String shown) {
    var job = jobs.find(id).orElseThrow(() -> HeadwayException.notFound("Job"));
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

  private static List<Group> byStream(List<JobRequests.LogLine> lines) {
    var groups = new ArrayList<Group>();
    for (var line : lines) {
      if (groups.isEmpty() || !groups.getLast().stream().equals(line.streamName())) {
        groups.add(new Group(line.streamName(), new ArrayList<>()));
      }
      groups.getLast().texts().add(line.text());
    }
    return groups;
  }
}
