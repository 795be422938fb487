package dev.headway.client.work;

import dev.headway.client.http.ApiException;
import dev.headway.client.job.Job;
import dev.headway.client.job.Step;
import java.time.Duration;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Work that runs here anyway, shown as a job that nobody has to claim. While the server is away the
 * work goes on as it would without it, and the newest state is shown once the server is back.
 *
 * <pre>{@code
 * try (var job = client.track("Nightly import", rows.size())) {
 *   for (var row : rows) {
 *     store(row);
 *     job.advance();
 *   }
 *   job.complete(null);
 * }
 * }</pre>
 *
 * <p>Leaving the block without an end fails the job. No method throws for what the server says; the
 * end waits for the server, for half a minute at most. Thread-safe.
 */
public final class TrackedJob implements Progress, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrackedJob.class);

  /** How long the end of the work waits until the server has it. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration GLANCE = Duration.ofMillis(200);

  private final StartedLease lease;
  private final ReportPump pump;
  private final AtomicBoolean over = new AtomicBoolean();
  private final Queue<CompletableFuture<Job>> children = new ConcurrentLinkedQueue<>();
  private long done;
  private long total;

  /**
   * Begins to show the work.
   *
   * @param lease begins the job
   * @param total how much is to be done; 0 when that is not known
   */
  public TrackedJob(StartedLease lease, long total, PumpSettings settings) {
    this.lease = lease;
    this.total = Math.max(0, total);
    this.pump = new ReportPump(lease, settings);
    lease.onBegun(pump::noteCancel);
    var unused = pump.ended().whenComplete((sent, failure) -> stopped(failure));
    pump.start();
  }

  private void stopped(@Nullable Throwable failure) {
    lease.close();
    if (failure != null) {
      LOG.warn("{} is not shown any more: {}", lease.name(), failure.getMessage());
    }
  }

  /** The job as it began; empty until the server has accepted it. */
  public Optional<Job> job() {
    return Optional.ofNullable(lease.begun().getNow(null));
  }

  /** Completes with the job once the server has accepted it, exceptionally if it never will. */
  public CompletableFuture<Job> begun() {
    return lease.begun().copy();
  }

  /** Notes a child, and forgets those that the server knows. */
  void has(CompletableFuture<Job> child) {
    children.removeIf(CompletableFuture::isDone);
    children.add(child);
  }

  /** Completes once the server has the job's end, exceptionally if it never will. */
  public CompletableFuture<Void> ended() {
    return pump.ended().copy();
  }

  @Override
  public synchronized void total(long amount) {
    total = Math.max(0, amount);
    count();
  }

  @Override
  public synchronized void advance(long count) {
    done = Math.max(0, done + count);
    count();
  }

  private void count() {
    if (total > 0) {
      total = Math.max(total, done);
      pump.report(Report.of(done, total));
    } else if (done > 0) {
      message("%,d".formatted(done));
    }
  }

  @Override
  public void declare(Step... steps) {
    pump.report(Report.steps(steps));
  }

  @Override
  public synchronized void step(String name) {
    done = 0;
    total = 0;
    pump.report(Report.step(name));
  }

  @Override
  public void message(String text) {
    pump.report(Report.message(text));
  }

  @Override
  public void log(String line) {
    pump.log(Output.log(line));
  }

  /**
   * Adds text to an output of this name, for example a model's answer: its pieces follow one
   * another as they are, and watchers see it grow. Never waits.
   *
   * @throws IllegalArgumentException for a name that cannot be one
   */
  public void write(String output, String text) {
    Output.pieces(output, text).forEach(pump::log);
  }

  @Override
  public boolean cancelRequested() {
    return pump.cancelRequested();
  }

  /** Runs {@code listener} once when somebody asks the work to stop; at once if it was before. */
  public void onCancel(Runnable listener) {
    pump.onCancel(listener);
  }

  /**
   * Ends the job with a result.
   *
   * @param result anything that JSON can hold; one that is larger than the server takes is left out
   * @throws IllegalArgumentException when JSON cannot hold it
   */
  public void complete(@Nullable Object result) {
    end(new End.Completed(result));
  }

  /** Ends the job with an error. */
  public void fail(String error) {
    end(new End.Failed(error, "", false));
  }

  /** Says that the work has been stopped. */
  public void cancelled() {
    end(new End.Cancelled(null));
  }

  /**
   * Ends the job by what its work has thrown: as cancelled when it was asked to stop, else as
   * failed.
   */
  public void failed(Throwable cause) {
    if (cause instanceof CancellationException && cancelRequested()) {
      cancelled();
    } else {
      var text = cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
      end(new End.Failed(text, cause.toString(), false));
    }
  }

  private void end(End end) {
    if (over.compareAndSet(false, true) && !delivered(end) && end instanceof End.Completed) {
      log("[headway] The result was left out: the server does not take it");
      delivered(new End.Completed(null));
    }
  }

  /** Whether the server has taken the end, or has not said anything of it. */
  private boolean delivered(End end) {
    try {
      awaitChildren();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var delivery = pump.end(end);
    try {
      awaitServer(delivery);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException e) {
      lease.noteAway();
    } catch (ExecutionException e) {
      return !(e.getCause() instanceof ApiException refusal && refusal.invalid());
    }
    return true;
  }

  /** Waits until the server knows the children, which it would refuse after the end. */
  private void awaitChildren() throws InterruptedException {
    try {
      awaitServer(CompletableFuture.allOf(children.toArray(CompletableFuture[]::new)));
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("A child of {} is not shown", lease.name(), e);
    }
  }

  /** Waits as long as the server answers, but no longer than the work's end may be held up. */
  private void awaitServer(CompletableFuture<?> settled)
      throws InterruptedException, ExecutionException, TimeoutException {
    var looks = PATIENCE.dividedBy(GLANCE);
    for (var look = 0L; look < looks && !settled.isDone() && !lease.away(); look++) {
      try {
        settled.get(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        // The server may have gone away meanwhile.
      }
    }
    if (settled.isDone()) {
      settled.get();
    } else if (!lease.away()) {
      throw new TimeoutException("The server takes its time");
    }
  }

  /** Fails the job if it has not ended. */
  @Override
  public void close() {
    fail("The work was left before its end");
  }
}
