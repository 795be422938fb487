package dev.headway.cli.run;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.ApiException;
import dev.headway.client.http.ClientException;
import dev.headway.client.http.LeaseLostException;
import dev.headway.client.http.UnreachableException;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobRequest;
import dev.headway.client.work.Claim;
import dev.headway.client.work.Lease;
import dev.headway.client.work.LeaseSource;
import java.net.ConnectException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lease of a command's job. The job is submitted to a queue of its own, so that no other worker
 * claims it. When the server was away for longer than the lease, a new attempt or a new job takes
 * its place; the command does not notice.
 */
final class RunLeaseSource implements LeaseSource {
  /** Survives a server that is away for a few minutes; a killed run shows as lost after it. */
  private static final Duration LEASE = Duration.ofMinutes(3);

  private static final String JOB_TYPE = "command:";
  private static final int LONGEST_TYPE = 100;

  private final HeadwayClient client;
  private final RunRequest request;
  private final String queue;
  private final Consumer<Job> attached;
  private final Consumer<UnreachableException> away;
  private volatile boolean unreachable;
  private volatile @Nullable UUID jobId;
  private volatile boolean claimed;
  private int submissions;

  /**
   * @param queue a name that no other queue has
   * @param attached called with each job that stands for the command, before anything is reported
   * @param away called when the server does not answer before there is a job
   */
  RunLeaseSource(
      HeadwayClient client,
      RunRequest request,
      String queue,
      Consumer<Job> attached,
      Consumer<UnreachableException> away) {
    this.client = client;
    this.request = request;
    this.queue = queue;
    this.attached = attached;
    this.away = away;
  }

  /** Whether the last attempt to reach the server failed. */
  boolean unreachable() {
    return unreachable;
  }

  @Override
  public Lease attach(@Nullable LeaseLostException lost) {
    try {
      var lease = attached(lost);
      unreachable = false;
      claimed = true;
      attached.accept(lease.job());
      return lease;
    } catch (UnreachableException e) {
      unreachable = true;
      if (jobId == null) {
        away.accept(e);
      }
      throw e;
    }
  }

  /** Cancels a job that was submitted and never claimed: no other worker could take it. */
  void withdraw() {
    var id = jobId;
    if (id == null || claimed) {
      return;
    }
    try {
      client.cancel(id);
    } catch (ClientException _) {
      // The server is away; the job is an orphan there.
    }
  }

  private Lease attached(@Nullable LeaseLostException lost) {
    var id = jobId;
    if (id == null) {
      id = submit().id();
    } else if (lost != null) {
      id = successor(id, lost);
    }
    jobId = id;
    return claim(id);
  }

  private Job submit() {
    submissions++;
    var submission =
        JobRequest.external(jobType())
            .queue(queue)
            .payload(Map.of("name", request.name(), "command", request.command()))
            .idempotencyKey(queue + "-" + submissions);
    try {
      return client.submit(submission).work();
    } catch (UnreachableException e) {
      // The same key again: should the server have taken it, it is not submitted twice.
      submissions--;
      throw e;
    }
  }

  /** A type for each name, so that the time left is learned from runs of the same command alone. */
  private String jobType() {
    var type = JOB_TYPE + request.name().replaceAll("[^A-Za-z0-9._:-]", "-");
    return type.substring(0, Math.min(LONGEST_TYPE, type.length()));
  }

  private UUID successor(UUID id, LeaseLostException lost) {
    try {
      return switch (client.job(id).status()) {
        case PENDING, QUEUED -> id;
        case FAILED -> client.retry(id).work().id();
        case IN_PROGRESS, COMPLETED, CANCELLED, UNKNOWN -> throw lost;
      };
    } catch (ApiException e) {
      if (e.status() == 404) {
        return submit().id();
      }
      throw e;
    }
  }

  private Lease claim(UUID job) {
    var worker = "run-" + ProcessHandle.current().pid();
    var claim = Claim.from(queue).as(worker).lease(LEASE).longPoll(Duration.ofSeconds(5));
    try {
      return lease(claim);
    } catch (ApiException e) {
      if (e.status() == 403) {
        client.cancel(job); // else it would wait for ever: nobody else can take it
      }
      throw e;
    }
  }

  private Lease lease(Claim claim) {
    return client
        .lease(claim)
        .orElseThrow(() ->
            new UnreachableException(
                client.rest().uri("/"), new ConnectException("the job is not waiting yet")));
  }
}
