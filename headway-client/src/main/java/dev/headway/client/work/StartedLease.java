package dev.headway.client.work;

import dev.headway.client.http.ClientException;
import dev.headway.client.http.LeaseLostException;
import dev.headway.client.http.Rest;
import dev.headway.client.http.UnreachableException;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobRequest;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one lease of a job that its submitter does: it begins with the submission, which is repeated
 * until the server answers, and is not taken again once it is lost. Thread-safe.
 */
public final class StartedLease implements LeaseSource {
  private static final Logger LOG = LoggerFactory.getLogger(StartedLease.class);
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration PARENT_WITHIN = Duration.ofSeconds(10);

  private final Rest rest;
  private final WorkerConnection connection;
  private final JobRequest request;
  private final @Nullable TrackedJob parent;
  private final CancelWatch cancelWatch;
  private final CompletableFuture<Job> begun = new CompletableFuture<>();
  private final CompletableFuture<Lease> held = new CompletableFuture<>();
  private volatile CancelWatch.Watching watching = () -> {};
  private volatile boolean away;

  /**
   * @param connection takes the reports, where it can be had
   * @param request with an idempotency key, so that submitting twice makes one job
   * @param parent the job that this one belongs to, whose bar it does not move
   * @param cancelWatch tells of cancellations
   */
  public StartedLease(
      Rest rest,
      WorkerConnection connection,
      JobRequest request,
      @Nullable TrackedJob parent,
      CancelWatch cancelWatch) {
    this.rest = rest;
    this.connection = connection;
    this.request = request;
    this.parent = parent;
    this.cancelWatch = cancelWatch;
    if (parent != null) {
      parent.has(begun);
    }
  }

  /** Completes with the job when it has begun, exceptionally when the server refuses it. */
  CompletableFuture<Job> begun() {
    return begun;
  }

  /** Runs {@code onCancel} when the job, once it has begun, is to stop. */
  void onBegun(Runnable onCancel) {
    var unused =
        held.thenAccept(
            lease -> watching = lease.cancelWatch(cancelWatch).watch(lease.job(), onCancel));
  }

  /** The name of the job, for the log. */
  String name() {
    var members = request.members();
    return String.valueOf(members.getOrDefault("name", members.get("job_type")));
  }

  /** Whether the server did not answer last. */
  boolean away() {
    return away;
  }

  void noteAway() {
    away = true;
  }

  @Override
  public Lease attach(@Nullable LeaseLostException lost) {
    if (lost != null) {
      throw lost;
    }
    try {
      var lease = Lease.start(rest, connection, placed(), LEASE);
      away = false;
      held.complete(lease);
      begun.complete(lease.job());
      return lease;
    } catch (ClientException e) {
      if (!e.retryable()) {
        begun.completeExceptionally(e);
      } else if (!away) {
        away = true;
        LOG.warn("{} goes on without being shown for now: {}", name(), e.getMessage());
      }
      throw e;
    }
  }

  private JobRequest placed() {
    return parent == null ? request : request.childOf(begun(parent).id(), 0).outlivingParent();
  }

  private Job begun(TrackedJob of) {
    try {
      return of.begun().get(PARENT_WITHIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new UnreachableException(rest.uri("/"), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(rest.uri("/"), e);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof ClientException refused
          ? refused
          : new UnreachableException(rest.uri("/"), e);
    }
  }

  void close() {
    watching.close();
  }
}
