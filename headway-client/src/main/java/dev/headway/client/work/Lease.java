package dev.headway.client.work;

import dev.headway.client.http.ApiException;
import dev.headway.client.http.Json;
import dev.headway.client.http.LeaseLostException;
import dev.headway.client.http.Rest;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobRequest;
import dev.headway.client.job.JobStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The lease of a job, and the calls that need one. Each call blocks. {@link ClaimedJob} is the
 * comfortable form. Every call but {@link #log} renews the lease, and throws {@link
 * LeaseLostException} once the job is no longer this worker's. Thread-safe.
 */
public final class Lease {
  /** The most lines that one call takes. */
  public static final int MOST_LINES = 1_000;

  private final Rest rest;
  private final Job job;
  private final String token;
  private final Instant expiresAt;
  private final Duration length;

  private Lease(Rest rest, JsonNode job, JsonNode claim, Duration length) {
    this.rest = rest;
    this.job = Json.convert(job, Job.class);
    this.token = claim.path("lease").asString();
    this.expiresAt = Json.convert(claim.path("lease_expires_at"), Instant.class);
    this.length = length;
  }

  /** Submits a job that the caller does, and takes it at once. */
  public static Lease start(Rest rest, JobRequest request, Duration length) {
    var body = Json.tree(request).asObject();
    body.put("start", true).put("lease_seconds", seconds(length));
    var answer = rest.post("/api/v1/jobs", body);
    return new Lease(rest, answer, answer, length);
  }

  /** Takes the next job; empty when none came within the claim's long poll. */
  public static Optional<Lease> take(Rest rest, Claim claim) {
    var body = Json.object();
    body.put("queue", claim.queue());
    body.put("worker_id", claim.workerId());
    body.put("lease_seconds", seconds(claim.lease()));
    body.put("wait_seconds", seconds(claim.longPoll()));
    var types = body.putArray("job_types");
    claim.jobTypes().forEach(types::add);
    var answer = rest.post("/api/v1/jobs/claim", body, claim.longPoll());
    return answer.isEmpty()
        ? Optional.empty()
        : Optional.of(new Lease(rest, answer.path("job"), answer, claim.lease()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** The job as it was when it was claimed. */
  public Job job() {
    return job;
  }

  /** When the lease ends if nothing is reported. */
  public Instant expiresAt() {
    return expiresAt;
  }

  /** The length of the lease. */
  public Duration length() {
    return length;
  }

  /** Reports progress; null only renews the lease. */
  public LeaseState report(@Nullable Report report) {
    var body = report == null ? Json.object() : Json.tree(report);
    var answer = rest.post(path("progress"), body.asObject().put("lease", token));
    return Json.convert(answer, LeaseState.class);
  }

  /** Adds lines to the log, at most {@value #MOST_LINES}. */
  public void log(List<Output> lines) {
    var body = Json.object().put("lease", token);
    body.set("lines", Json.tree(lines));
    rest.post(path("logs"), body);
  }

  /** Ends the attempt. */
  public void end(End end) {
    var body = end.body().put("lease", token);
    if (end.status() == JobStatus.CANCELLED) {
      cancelled(body);
    } else {
      rest.post(path(end.call()), body);
    }
  }

  /** A worker that stops of its own accord asks for the cancellation first. */
  private void cancelled(JsonNode body) {
    try {
      rest.post(path("cancelled"), body);
    } catch (ApiException e) {
      if (!e.code().equals("CONFLICT")) {
        throw e;
      }
      rest.post(path("cancel"), Json.object());
      rest.post(path("cancelled"), body);
    }
  }

  /** The job as it is now. */
  public Job current() {
    return Json.convert(rest.get("/api/v1/jobs/" + job.id()), Job.class);
  }

  private String path(String call) {
    return "/api/v1/jobs/%s/%s".formatted(job.id(), call);
  }
}
