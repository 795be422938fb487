package dev.headway.spring;

import dev.headway.client.work.TrackedJob;
import io.micrometer.observation.Observation;
import java.util.concurrent.CancellationException;

/**
 * A job, and the observation of its work, by which Micrometer measures it. Its end is observed
 * before the server is told, so that what is measured is the work alone. Thread-safe.
 */
public final class ObservedJob {
  private static final String OUTCOME = "outcome";

  private final TrackedJob job;
  private final Observation observation;

  ObservedJob(TrackedJob job, Observation observation) {
    this.job = job;
    this.observation = observation;
  }

  /** The job. */
  public TrackedJob job() {
    return job;
  }

  /** Makes the job, and its observation, the calling thread's until the scope is closed. */
  public CurrentJob.Scope within(CurrentJob current) {
    var observed = observation.openScope();
    var scope = current.within(job);
    return () -> {
      scope.close();
      observed.close();
    };
  }

  /** Completes the job without a result. */
  public void complete() {
    stop("completed");
    job.complete(null);
  }

  /** Says that the work has been stopped. */
  public void cancelled() {
    stop("cancelled");
    job.cancelled();
  }

  /** Ends the job with an error. */
  public void fail(String error) {
    stop("failed");
    job.fail(error);
  }

  /** Ends the job by what its work has thrown; as cancelled when it was asked to stop. */
  public void failed(Throwable cause) {
    if (cause instanceof CancellationException && job.cancelRequested()) {
      cancelled();
    } else {
      observation.error(cause);
      stop("failed");
      job.failed(cause);
    }
  }

  private void stop(String outcome) {
    observation.lowCardinalityKeyValue(OUTCOME, outcome).stop();
  }
}
