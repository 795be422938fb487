package dev.headway.client.work;

import dev.headway.client.http.ApiException;
import dev.headway.client.http.Json;
import dev.headway.client.http.LeaseLostException;
import dev.headway.client.http.Rest;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFile;
import dev.headway.client.job.JobRequest;
import dev.headway.client.job.JobStatus;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The lease of a job, and the calls that need one. Each call blocks. {@link ClaimedJob} is the
 * comfortable form. Every call but {@link #log} renews the lease, and throws {@link
 * LeaseLostException} once the job is no longer this worker's. Thread-safe.
 */
public final class Lease {
  /** The most lines that one call takes. */
  public static final int MOST_LINES = 1_000;

  private final Rest rest;
  private final @Nullable WorkerConnection connection;
  private final Job job;
  private final String token;
  private final Instant expiresAt;
  private final Duration length;
  private final @Nullable JsonNode checkpoint;

  private Lease(
      Rest rest,
      @Nullable WorkerConnection connection,
      JsonNode job,
      JsonNode claim,
      Duration length) {
    this.rest = rest;
    this.connection = connection;
    this.job = Json.convert(job, Job.class);
    this.token = claim.path("lease").asString();
    this.expiresAt = Json.convert(claim.path("lease_expires_at"), Instant.class);
    this.length = length;
    this.checkpoint = claim.get("checkpoint");
  }

  /**
   * Submits a job that the caller does, and takes it at once. Reports go over a worker's
   * connection, which is made meanwhile; where there is none, over HTTP.
   */
  public static Lease start(
      Rest rest, WorkerConnection connection, JobRequest request, Duration length) {
    connection.begin();
    var body = Json.tree(request).asObject();
    body.put("start", true).put("lease_seconds", seconds(length));
    var answer = rest.post("/api/v1/jobs", body);
    return new Lease(rest, connection.ready() ? connection : null, answer, answer, length);
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
        : Optional.of(new Lease(rest, null, answer.path("job"), answer, claim.lease()));
  }

  /**
   * Waits for a job and takes it over a worker's connection, over which reports go, too; empty when
   * there is no connection, or it was lost.
   */
  public static Optional<Lease> take(Rest rest, WorkerConnection connection, Claim claim)
      throws InterruptedException {
    var taken = connection.ready() ? connection.take(claim) : null;
    return Optional.ofNullable(taken)
        .map(answer -> new Lease(rest, connection, answer.path("job"), answer, claim.lease()));
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  /** The job as it was when it was claimed. */
  public Job job() {
    return job;
  }

  /** The checkpoint that an earlier attempt has left; null when it has left none. */
  public @Nullable JsonNode checkpoint() {
    return checkpoint;
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
    var body = report == null ? Json.object() : Json.tree(report).asObject();
    return say("progress", body) == null
        ? Json.convert(rest.post(path("progress"), body), LeaseState.class)
        : LeaseState.HELD;
  }

  /** Adds lines to the log, at most {@value #MOST_LINES}. */
  public void log(List<Output> lines) {
    var body = Json.object();
    body.set("lines", Json.tree(lines));
    post("logs", body);
  }

  /**
   * Uploads a file for the job, in place of an earlier one of that name.
   *
   * @throws FileNotFoundException when there is no such file
   */
  public JobFile upload(Path file, String name) throws FileNotFoundException {
    return Json.convert(rest.put(JobFile.path(job.id(), name), file, token), JobFile.class);
  }

  /** Ends the attempt. */
  public void end(End end) {
    var body = end.body();
    if (end.status() == JobStatus.CANCELLED) {
      cancelled(body);
    } else {
      post(end.call(), body);
    }
  }

  /** A worker that stops of its own accord asks for the cancellation first. */
  private void cancelled(ObjectNode body) {
    try {
      post("cancelled", body);
    } catch (ApiException e) {
      if (!e.code().equals("CONFLICT")) {
        throw e;
      }
      rest.post(path("cancel"), Json.object());
      post("cancelled", body);
    }
  }

  private void post(String call, ObjectNode body) {
    if (say(call, body) == null) {
      rest.post(path(call), body);
    }
  }

  /* Null when it has to go by HTTP; the body has the lease then. */
  private @Nullable JsonNode say(String call, ObjectNode body) {
    var answer = connection == null ? null : connection.say(token, call, body);
    body.remove("kind");
    body.put("lease", token);
    return answer;
  }

  /** A watch for the cancellation of this job alone, over the connection that its reports take. */
  public CancelWatch cancelWatch(CancelWatch otherwise) {
    var over = connection;
    return over == null
        ? otherwise
        : (job, onCancel) -> {
          over.onCancel(token, onCancel);
          return () -> over.onCancel(token, null);
        };
  }

  /** The job as it is now. */
  public Job current() {
    return Json.convert(rest.get("/api/v1/jobs/" + job.id()), Job.class);
  }

  private String path(String call) {
    return "/api/v1/jobs/%s/%s".formatted(job.id(), call);
  }
}
