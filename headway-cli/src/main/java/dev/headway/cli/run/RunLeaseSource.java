package dev.headway.cli.run;

import dev.headway.client.HeadwayClient;
import dev.headway.client.http.ApiException;
import dev.headway.client.http.LeaseLostException;
import dev.headway.client.http.UnreachableException;
import dev.headway.client.job.JobRequest;
import dev.headway.client.job.JobStatus;
import dev.headway.client.work.Lease;
import dev.headway.client.work.LeaseSource;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The lease of a command's job, which begins with the submission. When the server was away for
 * longer than the lease, a new job takes its place; the command does not notice.
 */
final class RunLeaseSource implements LeaseSource {
  /** Survives a server that is away for a few minutes; a killed run shows as lost after it. */
  private static final Duration LEASE = Duration.ofMinutes(3);

  private static final String JOB_TYPE = "command:";
  private static final int LONGEST_TYPE = 100;

  private final HeadwayClient client;
  private final RunRequest request;
  private final String run;
  private final Consumer<Lease> attached;
  private final Consumer<UnreachableException> away;
  private volatile boolean unreachable;
  private @Nullable UUID jobId;
  private int lost;

  /**
   * @param run a name that no other run has
   * @param attached called with the lease of each job that stands for the command, before anything
   *     is reported
   * @param away called when the server does not answer before there is a job
   */
  RunLeaseSource(
      HeadwayClient client,
      RunRequest request,
      String run,
      Consumer<Lease> attached,
      Consumer<UnreachableException> away) {
    this.client = client;
    this.request = request;
    this.run = run;
    this.attached = attached;
    this.away = away;
  }

  /** Whether the last attempt to reach the server failed. */
  boolean unreachable() {
    return unreachable;
  }

  @Override
  public Lease attach(@Nullable LeaseLostException loss) {
    try {
      if (loss != null) {
        requireGone(loss);
      }
      var lease = client.start(submission(), LEASE);
      unreachable = false;
      jobId = lease.job().id();
      attached.accept(lease);
      return lease;
    } catch (UnreachableException e) {
      unreachable = true;
      if (jobId == null) {
        away.accept(e);
      }
      throw e;
    }
  }

  /* The same key until an answer comes: should the server have taken it, it is not submitted twice. */
  private JobRequest submission() {
    return JobRequest.of(jobType())
        .payload(Map.of("name", request.name(), "command", request.command()))
        .idempotencyKey(run + "-" + lost);
  }

  /** A type for each name, so that the time left is learned from runs of the same command alone. */
  private String jobType() {
    var type = JOB_TYPE + request.name().replaceAll("[^A-Za-z0-9._:-]", "-");
    return type.substring(0, Math.min(LONGEST_TYPE, type.length()));
  }

  /** Gives the job up that has failed with its lease, or that the server does not know any more. */
  private void requireGone(LeaseLostException loss) {
    var id = jobId;
    if (id != null && !gone(id)) {
      throw loss;
    }
    jobId = null;
    lost++;
  }

  private boolean gone(UUID id) {
    try {
      return client.job(id).status() == JobStatus.FAILED;
    } catch (ApiException e) {
      if (e.status() == 404) {
        return true;
      }
      throw e;
    }
  }
}
