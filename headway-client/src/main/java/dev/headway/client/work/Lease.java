package dev.headway.client.work;

import dev.headway.client.http.ApiException;
import dev.headway.client.http.Json;
import dev.headway.client.http.LeaseLostException;
import dev.headway.client.http.Rest;
import dev.headway.client.job.Job;
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

  private Lease(Rest rest, JsonNode claim, Duration length) {
    this.rest = rest;
    this.job = Json.convert(claim.path("job"), Job.class);
    this.token = claim.path("lease").asString();
    this.expiresAt = Json.convert(claim.path("lease_expires_at"), Instant.class);
    this.length = length;
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
        : Optional.of(new Lease(rest, answer, claim.lease()));
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
    var body = Json.object().put("lease", token);
    switch (end) {
      case End.Completed(var result) ->
          rest.post(path("complete"), body.set("result", Json.tree(result)));
      case End.Failed(var error, var details, var retryable) ->
          rest.post(
              path("fail"),
              body.put("error", error).put("details", details).put("retryable", retryable));
      case End.Cancelled(var partial) -> cancelled(body.set("partial", Json.tree(partial)));
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
