package dev.headway.server.jobs;

import static com.fasterxml.jackson.annotation.JsonInclude.Include.NON_NULL;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.headway.core.account.Access;
import dev.headway.core.account.Principal;
import dev.headway.core.engine.Jobs;
import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Job;
import dev.headway.core.job.Lease;
import dev.headway.server.http.Handler;
import dev.headway.server.http.Request;
import dev.headway.server.http.Response;
import dev.headway.server.http.Routes;
import dev.headway.server.stream.JobJson;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The routes under {@code /jobs} for workers outside the server: claim, report, end. */
public final class WorkerRoutes {
  private record Reported(boolean cancelRequested, boolean keepPartial, Instant leaseExpiresAt) {}

  private record LogWritten(long lastNumber) {}

  private record BatchReply(List<ItemReply> results) {}

  /** The answer to one item: {@link Reported}, or why it was refused. */
  @JsonInclude(NON_NULL)
  private record ItemReply(
      boolean ok,
      @Nullable Boolean cancelRequested,
      @Nullable Boolean keepPartial,
      @Nullable Instant leaseExpiresAt,
      @Nullable ErrorCode code,
      @Nullable String message) {
    static ItemReply of(Job job) {
      var cancel = job.cancelRequested();
      var keep = cancel && job.cancel() != null && job.cancel().keepPartial();
      var expiry = job.lease() == null ? null : job.lease().expiresAt();
      return new ItemReply(true, cancel, keep, expiry, null, null);
    }

    static ItemReply of(HeadwayException refused) {
      return new ItemReply(false, null, null, null, refused.code(), refused.safeMessage());
    }
  }

  private final Jobs jobs;
  private final WorkerReports reports;
  private final Access access;
  private final JobAccess named;
  private final InstantSource clock;

  /** The routes over these jobs. */
  public WorkerRoutes(Jobs jobs, Access access, InstantSource clock) {
    this.jobs = jobs;
    this.reports = new WorkerReports(jobs, access);
    this.access = access;
    this.named = new JobAccess(jobs, access);
    this.clock = clock;
  }

  /** The handlers by operation. */
  public Routes routes() {
    return new Routes()
        .on("claimJob", this::claim)
        .on("reportProgress", this::progress)
        .on("reportAll", this::batch)
        .on("completeJob", ended(JobRequests.Completion.class))
        .on("failJob", ended(JobRequests.Failure.class))
        .on("acknowledgeCancel", ended(JobRequests.Cancelled.class))
        .on("appendLog", this::appendLog);
  }

  private Response claim(Request request) throws InterruptedException {
    return waitForJob(request, request.json(JobRequests.Claim.class))
        .map(job -> Response.ok(Claimed.of(job, jobs)))
        .orElseGet(Response::noContent);
  }

  /* A worker that disconnected while it waited takes no job. */
  private Optional<Job> waitForJob(Request request, JobRequests.Claim body)
      throws InterruptedException {
    var waiting = body.waiting(access, request.principal());
    var left = body.patience();
    while (request.caller().connected().getAsBoolean()) {
      var seen = jobs.queueSignal().count();
      var claimed = jobs.claim(waiting, body.workerId(), body.lease());
      if (claimed.isPresent() || !left.isPositive()) {
        return claimed;
      }
      left = jobs.queues().await(waiting, seen, left);
    }
    jobs.queueSignal().next(waiting);
    return Optional.empty();
  }

  private Response progress(Request request) {
    var id = named.workable(request);
    var body = request.json(JobRequests.Report.class);
    if (!request.defects().isEmpty()) {
      throw reports.refusal(id, body, request.defects());
    }
    var job = reports.take(id, body);
    return Response.ok(
        new Reported(
            job.cancelRequested(),
            job.cancel() != null && job.cancel().keepPartial(),
            expiry(job.lease())));
  }

  private Response batch(Request request) {
    var items = request.json(JobRequests.Batch.class).reports();
    return Response.ok(
        new BatchReply(items.stream().map(item -> reply(item, request.principal())).toList()));
  }

  private ItemReply reply(JsonNode item, Principal who) {
    try {
      return ItemReply.of(reports.take(WorkerReports.item(item), who));
    } catch (HeadwayException refused) {
      return ItemReply.of(refused);
    }
  }

  private Instant expiry(@Nullable Lease lease) {
    return lease == null ? clock.instant() : lease.expiresAt();
  }

  private Handler ended(Class<? extends JobRequests.OfWorker> end) {
    return request ->
        Response.ok(JobJson.View.of(reports.take(named.workable(request), request.json(end))));
  }

  private Response appendLog(Request request) {
    var id = named.workable(request);
    var body = request.json(JobRequests.LogAppend.class);
    if (body.lease() != null) {
      reports.requireHeld(id, body.lease());
    } else if (!access.maySteer(request.principal(), jobs.owner(id))) {
      throw HeadwayException.notFound("Job");
    }
    return Response.ok(new LogWritten(reports.append(id, body.lines())));
  }
}
