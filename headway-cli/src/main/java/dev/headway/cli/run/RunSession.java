package dev.headway.cli.run;

import dev.headway.cli.run.CommandProcess.Outlet;
import dev.headway.client.HeadwayClient;
import dev.headway.client.http.ApiException;
import dev.headway.client.http.ClientException;
import dev.headway.client.http.UnreachableException;
import dev.headway.client.job.Job;
import dev.headway.client.work.CancelWatch.Watching;
import dev.headway.client.work.End;
import dev.headway.client.work.Lease;
import dev.headway.client.work.Output;
import dev.headway.client.work.ReportPump;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A command that runs as a job. The command comes first: whatever becomes of the server, it runs as
 * it would by itself. Thread-safe.
 */
public final class RunSession {
  private static final Duration FIRST_CONTACT = Duration.ofSeconds(2);
  private static final Duration OWN_WAY_OUT = Duration.ofSeconds(1);

  /** A signal from the terminal reaches the command, too, which may be the quicker one to end. */
  private static final Duration SIGNAL_LATE = Duration.ofMillis(300);

  private static final int LAST_LINES = 10;
  private static final String STDOUT = "stdout";
  private static final String STDERR = "stderr";

  private final HeadwayClient client;
  private final RunRequest request;
  private final InstantSource clock;
  private final Notes notes;
  private final RunLeaseSource leases;
  private final ReportPump pump;
  private final ProgressTracker tracker;
  private final LogFilter outLines = new LogFilter(false);
  private final LogFilter errorLines = new LogFilter(true);
  private final ArrayDeque<String> lastLines = new ArrayDeque<>();
  private final AtomicBoolean warned = new AtomicBoolean();
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final AtomicReference<@Nullable Job> job = new AtomicReference<>();
  private final AtomicReference<@Nullable CommandProcess> running = new AtomicReference<>();
  private volatile Watching watching = () -> {};

  /**
   * @param run a name that no other run has
   */
  public RunSession(
      HeadwayClient client, RunRequest request, String run, InstantSource clock, Notes notes) {
    this.client = client;
    this.request = request;
    this.clock = clock;
    this.notes = notes;
    this.tracker = new ProgressTracker(request.weights());
    this.leases = new RunLeaseSource(client, request, run, this::attached, this::unreachable);
    this.pump = new ReportPump(leases, client.reporting());
    pump.onCancel(() -> stop(Duration.ZERO));
    var _ = pump.ended().whenComplete((_, failure) -> refused(failure));
  }

  /** Warns at once that the server does not show the command, which may run for hours. */
  private void refused(@Nullable Throwable failure) {
    if (failure != null) {
      warn("not shown on the server: " + reason(failure));
    }
  }

  private void unreachable(UnreachableException failure) {
    warn("not shown until a server answers: " + failure.getMessage());
  }

  /** One reason is enough: the first one. */
  private void warn(String text) {
    if (warned.compareAndSet(false, true)) {
      notes.warning(text);
    }
  }

  private void attached(Lease lease) {
    var present = lease.job();
    job.set(present);
    watching.close();
    watching = lease.cancelWatch(client.cancelWatch()).watch(present, pump::noteCancel);
    notes.note("running as " + present.topic());
  }

  /**
   * Runs the command to its end.
   *
   * @param terminals what the command writes to, where not to pipes
   * @return its exit code
   * @throws IOException when it could not be started
   */
  public int run(OutputStream out, OutputStream err, Terminals terminals)
      throws IOException, InterruptedException {
    var begin = clock.instant();
    var process =
        CommandProcess.start(
            request.command(),
            new Outlet(out, segment -> take(segment, STDOUT), terminals.out()),
            new Outlet(err, segment -> take(segment, STDERR), terminals.err()));
    running.set(process);
    if (stopping.getCount() == 0) {
      stopInBackground(process, Duration.ZERO);
    }
    pump.start();
    var code = process.await();
    deliver(code, end(code, begin, wasStopped(code)));
    watching.close();
    return code;
  }

  /** Stops the command because its user asked for it: it has a moment to react by itself. */
  public void interrupt() {
    stop(OWN_WAY_OUT);
  }

  private void stop(Duration ownWayOut) {
    boolean first;
    synchronized (stopping) {
      first = stopping.getCount() > 0;
      stopping.countDown();
    }
    var process = running.get();
    if (first && process != null) {
      stopInBackground(process, ownWayOut);
    }
  }

  private boolean wasStopped(int code) throws InterruptedException {
    return code != 0
        && (request.terminal()
            ? stopping.await(SIGNAL_LATE.toMillis(), TimeUnit.MILLISECONDS)
            : stopping.getCount() == 0);
  }

  private void stopInBackground(CommandProcess process, Duration ownWayOut) {
    Thread.ofVirtual().name("run-stop").start(() -> stopQuietly(process, ownWayOut));
  }

  private void stopQuietly(CommandProcess process, Duration ownWayOut) {
    try {
      if (ownWayOut.isZero() || !process.endsWithin(ownWayOut)) {
        process.stop(request.grace());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void take(Segment segment, String stream) {
    var ofErrors = stream.equals(STDERR);
    var signal = ofErrors ? ProgressReader.readError(segment) : ProgressReader.read(segment);
    signal.flatMap(tracker::take).ifPresent(pump::report);
    if (signal.orElse(null) instanceof ProgressSignal.Wrong(var reason)) {
      pump.log(Output.log("[headway] " + reason));
    }
    if ((ofErrors ? errorLines : outLines).takes(segment, signal)) {
      pump.log(new Output(segment.text(), stream));
      lastLines.addLast(segment.text());
      if (lastLines.size() > LAST_LINES) {
        lastLines.removeFirst();
      }
    }
  }

  private synchronized End end(int code, Instant begin, boolean stopped) {
    if (code == 0) {
      var seconds = Duration.between(begin, clock.instant()).toMillis() / 1000.0;
      return new End.Completed(Map.of("exit_code", code, "duration_seconds", seconds));
    }
    return stopped
        ? new End.Cancelled(Map.of("exit_code", code))
        : new End.Failed(
            "The command ended with exit code " + code, String.join("\n", lastLines), false);
  }

  private void deliver(int code, End end) throws InterruptedException {
    var delivered = pump.end(end);
    try {
      if (!endsWithin(delivered, FIRST_CONTACT)) {
        var absent = job.get() == null && leases.unreachable();
        var wait = absent ? Duration.ZERO : request.deliverWithin();
        if (wait.isPositive()) {
          notes.note(
              "%s does not answer; waiting up to %d s to report the outcome"
                  .formatted(client.rest().uri(""), wait.toSeconds()));
        }
        if (!endsWithin(delivered, wait)) {
          warn(undelivered(code, wait.plus(FIRST_CONTACT)));
        }
      }
    } catch (ExecutionException _) {
      // It was said when it happened.
    }
  }

  private String undelivered(int code, Duration waited) {
    return "Could not report to %s within %d s: %s. The command itself ended with exit code %d."
        .formatted(
            client.rest().uri(""),
            waited.toSeconds(),
            job.get() == null ? "no job was created there" : "the job there still shows as running",
            code);
  }

  private static boolean endsWithin(CompletableFuture<Void> delivered, Duration wait)
      throws ExecutionException, InterruptedException {
    try {
      delivered.get(wait.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException _) {
      return false;
    }
  }

  private static String reason(Throwable cause) {
    if (cause instanceof ApiException refusal
        && (refusal.status() == 401 || refusal.status() == 403)) {
      return refusal.getMessage() + "\nSign in with: headway login";
    }
    return cause instanceof ClientException refusal
        ? String.valueOf(refusal.getMessage())
        : cause.toString();
  }
}
