package dev.headway.client.work;

import dev.headway.client.http.ApiException;
import dev.headway.client.http.ClientException;
import dev.headway.client.http.LeaseLostException;
import dev.headway.client.http.UnreachableException;
import dev.headway.client.time.Backoff;
import dev.headway.client.time.Scheduler.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The sender of a worker's reports, in the background. It joins reports that follow each other
 * quickly, renews the lease in between, goes on after the server was away, and sends the end only
 * after everything before it. Callers never wait for the network. Thread-safe.
 */
public final class ReportPump {
  private static final Duration FIRST_RETRY = Duration.ofMillis(500);
  private static final Duration LONGEST_RETRY = Duration.ofSeconds(10);

  private final LeaseSource leases;
  private final PumpSettings settings;
  private final Outbox outbox;
  private final Backoff backoff;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private final List<Runnable> cancelListeners = new ArrayList<>();
  private final ReentrantLock lock = new ReentrantLock();

  // Only a step touches these, and there is one step at a time.
  private @Nullable Lease lease;
  private @Nullable LeaseLostException lost;
  private boolean endUncertain;

  // Guarded by the lock.
  private @Nullable End end;
  private CompletableFuture<Void> delivery = new CompletableFuture<>();
  private boolean cancelRequested;
  private boolean stepping;
  private boolean woken;
  private boolean due;
  private Timer timer = Timer.NONE;
  private Instant lastExchange = Instant.MIN;

  /** A pump that starts with {@link #start}. */
  public ReportPump(LeaseSource leases, PumpSettings settings) {
    this.leases = leases;
    this.settings = settings;
    this.outbox = new Outbox(settings.lines());
    this.backoff = new Backoff(settings.timing().random(), LONGEST_RETRY);
  }

  /** Takes the lease and renews it from now on. */
  public void start() {
    wake();
  }

  /** Adds a report. */
  public void report(Report report) {
    outbox.add(report);
    wake();
  }

  /** Adds a line to the log. */
  public void log(Output line) {
    outbox.add(line);
    wake();
  }

  /**
   * Ends the attempt, once.
   *
   * @return completes when the server has it, or exceptionally: with an {@link ApiException} that
   *     is {@linkplain ApiException#invalid invalid} when the server cannot take this end, so that
   *     the attempt goes on and may end in another way; otherwise it has ended without one
   */
  public CompletableFuture<Void> end(End how) {
    CompletableFuture<Void> delivered;
    lock.lock();
    try {
      if (end == null) {
        end = how;
      }
      delivered = delivery;
    } finally {
      lock.unlock();
    }
    wake();
    return delivered;
  }

  /** Stops reporting without an end; the server will see the lease run out. */
  public void abandon() {
    stop(null);
  }

  /** Completes when nothing more will be sent. */
  public CompletableFuture<Void> ended() {
    return ended;
  }

  /** Whether a cancellation was requested. */
  public boolean cancelRequested() {
    lock.lock();
    try {
      return cancelRequested;
    } finally {
      lock.unlock();
    }
  }

  /**
   * Runs {@code listener} once, on some thread, when the work is to stop; at once if it already is.
   */
  public void onCancel(Runnable listener) {
    lock.lock();
    try {
      if (!cancelRequested) {
        cancelListeners.add(listener);
        return;
      }
    } finally {
      lock.unlock();
    }
    listener.run();
  }

  /** Notes a requested cancellation. */
  public void noteCancel() {
    List<Runnable> listeners;
    lock.lock();
    try {
      if (cancelRequested) {
        return;
      }
      cancelRequested = true;
      listeners = List.copyOf(cancelListeners);
    } finally {
      lock.unlock();
    }
    listeners.forEach(Runnable::run);
  }

  private void wake() {
    lock.lock();
    try {
      if (stepping) {
        woken = true;
      } else if (!ended.isDone() && backoff.failures() == 0 && (!due || end != null)) {
        due = true; // a flood of log lines sets one timer
        schedule(untilNextExchange());
      }
    } finally {
      lock.unlock();
    }
  }

  private Duration untilNextExchange() {
    if (lastExchange.equals(Instant.MIN)) {
      return Duration.ZERO;
    }
    var since = Duration.between(lastExchange, settings.timing().clock().instant());
    var rest = settings.reportEvery().minus(since);
    return rest.isNegative() || end != null ? Duration.ZERO : rest;
  }

  private void schedule(Duration delay) {
    timer.cancel();
    timer = settings.timing().scheduler().schedule(delay, this::step);
  }

  private void step() {
    if (!begun()) {
      return;
    }
    try {
      exchange();
      backoff.reset();
    } catch (ClientException e) {
      failed(e);
    } catch (RuntimeException e) {
      stop(e);
    } finally {
      finished();
    }
  }

  private void failed(ClientException e) {
    if (e.retryable()) {
      backoff.fail();
    } else if (e instanceof LeaseLostException loss) {
      leaseLost(loss);
    } else if (e instanceof ApiException refusal && refusal.status() == 404) {
      // The server has forgotten the job, as one without a database does when it starts again.
      leaseLost(new LeaseLostException(404, refusal.problem()));
    } else {
      stop(e);
    }
  }

  private void leaseLost(LeaseLostException e) {
    if (lease == null) {
      // The leases itself says that there will be no other lease.
      stop(e);
    }
    lease = null;
    lost = e;
  }

  private boolean begun() {
    lock.lock();
    try {
      if (stepping || ended.isDone()) {
        return false;
      }
      stepping = true;
      woken = false;
      due = false;
      return true;
    } finally {
      lock.unlock();
    }
  }

  private void finished() {
    lock.lock();
    try {
      stepping = false;
      lastExchange = settings.timing().clock().instant();
      if (!ended.isDone()) {
        schedule(nextStep());
      }
    } finally {
      lock.unlock();
    }
  }

  private Duration nextStep() {
    if (backoff.failures() > 0) {
      return backoff.between(Duration.ZERO, FIRST_RETRY);
    }
    if (end != null || lease == null) {
      return Duration.ZERO;
    }
    return woken || !outbox.isEmpty() ? settings.reportEvery() : lease.length().dividedBy(3);
  }

  private void exchange() {
    var present = lease;
    if (present == null) {
      present = leases.attach(lost);
      lease = present;
    }
    // The end is read first: what was said before it is in the outbox by then.
    var last = pendingEnd();
    var batch = outbox.take();
    sendLines(present, batch);
    if (batch.report() != null || last == null) {
      sendReport(present, batch);
    }
    if (last != null && outbox.isEmpty() && sendEnd(present, last)) {
      stop(null);
    }
  }

  private @Nullable End pendingEnd() {
    lock.lock();
    try {
      return end;
    } finally {
      lock.unlock();
    }
  }

  private void sendLines(Lease to, Outbox.Batch batch) {
    if (batch.lines().isEmpty()) {
      return;
    }
    try {
      to.log(batch.lines());
    } catch (ApiException e) {
      if (!e.invalid()) {
        outbox.restore(batch);
        throw e;
      }
      outbox.refused(batch.lines(), e);
    } catch (ClientException e) {
      outbox.restore(batch);
      throw e;
    }
  }

  private void sendReport(Lease to, Outbox.Batch batch) {
    try {
      if (to.report(batch.report()).cancelRequested()) {
        noteCancel();
      }
    } catch (ClientException e) {
      // A report that the server cannot take is dropped: it must not hold up the others.
      if (!(e instanceof ApiException refusal && refusal.invalid())) {
        outbox.restore(batch.withoutLines());
        throw e;
      }
    }
  }

  /**
   * Sends the end.
   *
   * @return whether the server took it; otherwise the attempt goes on and may end in another way
   */
  private boolean sendEnd(Lease to, End how) {
    try {
      to.end(how);
      return true;
    } catch (UnreachableException e) {
      endUncertain = true;
      throw e;
    } catch (ApiException e) {
      if (e.invalid()) {
        withdraw(e);
        return false;
      }
      if (!endUncertain || e.status() != 409 || to.current().status() != how.status()) {
        throw e;
      }
      return true; // The call before had arrived; only its answer was lost.
    }
  }

  private void withdraw(ApiException refusal) {
    CompletableFuture<Void> refused;
    lock.lock();
    try {
      end = null;
      refused = delivery;
      delivery = new CompletableFuture<>();
    } finally {
      lock.unlock();
    }
    refused.completeExceptionally(refusal);
  }

  private void stop(@Nullable RuntimeException cause) {
    CompletableFuture<Void> delivered;
    lock.lock();
    try {
      timer.cancel();
      delivered = delivery;
    } finally {
      lock.unlock();
    }
    for (var future : List.of(ended, delivered)) {
      if (cause == null) {
        future.complete(null);
      } else {
        future.completeExceptionally(cause);
      }
    }
  }
}
