package dev.headway.client.work;

import dev.headway.client.http.ApiException;
import dev.headway.client.http.ClientException;
import dev.headway.client.http.LeaseLostException;
import dev.headway.client.http.Problem;
import dev.headway.client.http.ProtocolException;
import dev.headway.client.job.Job;
import dev.headway.client.job.JobFile;
import dev.headway.client.job.Step;
import dev.headway.client.work.CancelWatch.Watching;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job that this worker has claimed. Reports go out in the background, joined when they come
 * quickly, and the lease is renewed for as long as the job is open.
 *
 * <pre>{@code
 * try (var job = client.claim(Claim.from("media").types("probe"))) {
 *   job.progress(14, 15, "frames");
 *   job.complete(Map.of("frames", 15));
 * }
 * }</pre>
 *
 * <p>Leaving the block without an end fails the attempt, so that no job runs for ever. Thread-safe.
 */
public final class ClaimedJob implements AutoCloseable {
  private static final Duration END_WITHIN = Duration.ofMinutes(2);

  private final Lease lease;
  private final Job job;
  private final @Nullable JsonNode checkpoint;
  private final ReportPump pump;
  private final Watching watching;
  private volatile boolean ending;

  private ClaimedJob(Lease lease, ReportPump pump, Watching watching) {
    this.lease = lease;
    this.job = lease.job();
    this.checkpoint = lease.checkpoint();
    this.pump = pump;
    this.watching = watching;
  }

  /** Takes over a lease and renews it until the job ends. */
  public static ClaimedJob keep(Lease lease, PumpSettings settings, CancelWatch cancelWatch) {
    LeaseSource once =
        lost -> {
          if (lost != null) {
            throw lost;
          }
          return lease;
        };
    var pump = new ReportPump(once, settings);
    pump.start();
    var cancel = lease.cancelWatch(cancelWatch).watch(lease.job(), pump::noteCancel);
    return new ClaimedJob(lease, pump, cancel);
  }

  /** The job as it was when it was claimed, with its payload. */
  public Job job() {
    return job;
  }

  /** The checkpoint of an earlier attempt to go on from; empty when this one begins anew. */
  public Optional<JsonNode> checkpoint() {
    return Optional.ofNullable(checkpoint);
  }

  /**
   * Keeps what the next attempt would go on from; never waits. It is stored at most once a second,
   * the last one always.
   *
   * @param state anything that JSON can hold, at most 65,536 bytes of it
   * @throws LeaseLostException when the job is no longer this worker's
   */
  public void keep(Object state) {
    report(new Report(null, null, null, null, null, null, state, null));
  }

  /**
   * Reports progress; never waits.
   *
   * @param percent 0 to 100; not a fraction
   * @throws LeaseLostException when the job is no longer this worker's
   */
  public void progress(double percent, String message) {
    report(Report.percent(percent).saying(message));
  }

  /**
   * Reports {@code done} of {@code total}; never waits.
   *
   * @throws LeaseLostException when the job is no longer this worker's
   */
  public void progress(long done, long total, String message) {
    report(Report.of(done, total).saying(message));
  }

  /**
   * Declares the job's steps, once for all of its attempts; what is counted in one fills its share
   * of the bar. Never waits.
   *
   * @throws IllegalArgumentException when two have one name
   * @throws LeaseLostException when the job is no longer this worker's
   */
  public void declare(Step... steps) {
    report(Report.steps(steps));
  }

  /**
   * Reports the start of a step; never waits.
   *
   * @throws LeaseLostException when the job is no longer this worker's
   */
  public void step(String name) {
    report(Report.step(name));
  }

  /**
   * Reports progress; never waits.
   *
   * @throws LeaseLostException when the job is no longer this worker's
   */
  public void report(Report report) {
    requireOpen();
    pump.report(report);
  }

  /**
   * Adds a line to the job's log; never waits.
   *
   * @throws LeaseLostException when the job is no longer this worker's
   */
  public void log(String line) {
    requireOpen();
    pump.log(Output.log(line));
  }

  /**
   * Adds text to an output of this name, for example a model's answer: its pieces follow one
   * another as they are, and watchers see it grow. Never waits.
   *
   * @throws IllegalArgumentException for a name that cannot be one
   * @throws LeaseLostException when the job is no longer this worker's
   */
  public void write(String output, String text) {
    requireOpen();
    Output.pieces(output, text).forEach(pump::log);
  }

  /**
   * Uploads a file for the job under its own name, in place of an earlier one of that name; returns
   * when the server has stored it.
   *
   * @throws LeaseLostException when the job is no longer this worker's
   * @throws ApiException with the status 413 when the file is larger than the server takes, 409
   *     when the job has too many, 503 when the server's disk is full; the job is still this
   *     worker's
   * @throws FileNotFoundException when there is no such file
   */
  public JobFile upload(Path file) throws FileNotFoundException {
    return upload(file, file.getFileName().toString());
  }

  /** The same as {@link #upload(Path)} under another name. */
  public JobFile upload(Path file, String name) throws FileNotFoundException {
    requireOpen();
    return lease.upload(file, name);
  }

  /** Whether a cancellation was requested. The worker then stops and calls {@link #cancelled}. */
  public boolean cancelRequested() {
    return pump.cancelRequested();
  }

  /**
   * Throws if a cancellation was requested.
   *
   * @throws CancellationException when a cancellation was requested
   */
  public void throwIfCancelled() {
    if (cancelRequested()) {
      throw new CancellationException("The job was cancelled");
    }
  }

  /** Runs {@code listener} once when a cancellation is requested; at once if it was before. */
  public void onCancel(Runnable listener) {
    pump.onCancel(listener);
  }

  /**
   * Completes the job with a result; returns when the server has stored it.
   *
   * @param result anything that JSON can hold
   * @throws IllegalArgumentException when JSON cannot hold the result
   * @throws LeaseLostException when the job is no longer this worker's
   * @throws ApiException with the status 413 when the result is larger than the server takes, 1
   *     MiB; the job is still this worker's
   * @throws ClientException when the server did not take it within two minutes
   */
  public void complete(@Nullable Object result) {
    end(new End.Completed(result));
  }

  /**
   * Fails the attempt with an error.
   *
   * @param retryable whether another attempt may help
   * @throws ClientException as for {@link #complete}
   */
  public void fail(String error, boolean retryable) {
    end(new End.Failed(error, "", retryable));
  }

  /**
   * Acknowledges the cancellation: the work has stopped.
   *
   * @throws ClientException as for {@link #complete}
   */
  public void cancelled() {
    end(new End.Cancelled(null));
  }

  /**
   * Runs the work and ends the job: with the work's result, with its exception's message, or as
   * cancelled when the work ended with a {@link CancellationException} after a request to stop.
   *
   * @throws ClientException when the end could not be delivered
   */
  public void run(Work work) {
    End end;
    try {
      end = new End.Completed(work.run(this));
    } catch (LeaseLostException e) {
      throw e;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      end = new End.Failed("The worker was interrupted", "", true);
    } catch (CancellationException e) {
      end = cancelRequested() ? new End.Cancelled(null) : failure(e);
    } catch (Exception e) {
      end = failure(e);
    }
    deliver(end);
  }

  private void deliver(End end) {
    try {
      end(end);
    } catch (ApiException e) {
      if (!e.invalid() || end instanceof End.Failed) {
        throw e;
      }
      end(new End.Failed(String.valueOf(e.getMessage()), e.toString(), false));
    }
  }

  private static End failure(Exception e) {
    var text = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    return new End.Failed(text, e.toString(), !(e instanceof PermanentFailureException));
  }

  private void end(End end) {
    ending = true;
    try {
      await(pump.end(end));
      watching.close();
    } catch (ApiException e) {
      ending = !e.invalid();
      throw e.status() == 413 ? new ApiException(413, tooLarge(e.problem())) : e;
    }
  }

  private static Problem tooLarge(Problem problem) {
    return new Problem(
        problem.detail()
            + ". The result is too large: store it elsewhere and complete with its URL",
        problem.code(),
        problem.errors(),
        problem.requestId());
  }

  private void requireOpen() {
    if (pump.ended().isCompletedExceptionally()) {
      await(pump.ended());
    }
  }

  private static void await(CompletableFuture<Void> ended) {
    try {
      ended.copy().orTimeout(END_WITHIN.toMillis(), TimeUnit.MILLISECONDS).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ClientException refusal) {
        throw refusal;
      }
      throw new ProtocolException("The job's end could not be delivered: " + e.getCause(), e);
    }
  }

  /** Fails the attempt if it has not ended, so that another one may be made. */
  @Override
  public void close() {
    watching.close();
    if (!ending && !pump.ended().isDone()) {
      var end =
          cancelRequested()
              ? new End.Cancelled(null)
              : new End.Failed("The worker left the job before its end", "", true);
      end(end);
    }
  }
}
