package dev.headway.core.engine;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Job;
import dev.headway.core.job.Lease;
import dev.headway.core.job.Plan;
import dev.headway.core.job.ProgressReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** An attempt of a job that this server works on, as its handler sees it. Thread-safe. */
final class RunningJob implements JobContext {
  /** Answers to a report after which the attempt is no longer this server's. */
  private static final Set<ErrorCode> GONE =
      Set.of(ErrorCode.LEASE_LOST, ErrorCode.TOO_LATE, ErrorCode.NOT_FOUND);

  /** Reports within a step that come faster than this wait for the next flush. */
  private static final Duration PACE = Duration.ofMillis(20);

  private final Job job;
  private final Plan plan;
  private final String fence;
  private final Jobs jobs;
  private final InstantSource clock;
  private final Executor stopper;
  private final ReentrantLock reporting = new ReentrantLock();
  private final List<Runnable> stopActions = new ArrayList<>();
  private @Nullable String step;
  private @Nullable ProgressReport held;
  private Instant lastReport = Instant.MIN;
  private boolean stopped;
  private boolean keepPartial;

  /**
   * @param job as it was claimed under {@code lease}
   * @param plan gives its steps their share of the bar
   * @param jobs takes its reports
   * @param clock paces them
   * @param stopper runs the actions that the work wants run on a stop
   */
  RunningJob(Job job, Lease lease, Plan plan, Jobs jobs, InstantSource clock, Executor stopper) {
    this.job = job;
    this.plan = plan;
    this.fence = lease.token();
    this.jobs = jobs;
    this.clock = clock;
    this.stopper = stopper;
  }

  String fence() {
    return fence;
  }

  @Override
  public Job job() {
    return job;
  }

  @Override
  public void step(String name, String message) {
    var percent = plan.percentAt(name, 0);
    synchronized (this) {
      step = name;
    }
    send(new ProgressReport(percent, null, null, name, message, null));
  }

  @Override
  public void progress(long done, long total, String message) {
    var percent = percentWithin((double) done / total);
    pace(new ProgressReport(percent, done, total, presentStep(), message, null));
  }

  @Override
  public void fraction(double fraction, String message) {
    pace(new ProgressReport(percentWithin(fraction), null, null, presentStep(), message, null));
  }

  @Override
  public void report(ProgressReport report) {
    pace(report);
  }

  private double percentWithin(double fraction) {
    var present = presentStep();
    return present != null && plan.names().contains(present)
        ? plan.percentAt(present, fraction)
        : 100 * Math.clamp(fraction, 0, 1); // a step of the work's own has no share of its own
  }

  private synchronized @Nullable String presentStep() {
    return step;
  }

  /*
   * A report's defects are thrown here, to the handler that made it, and not later to the thread
   * that sends it on.
   */
  private void pace(ProgressReport report) {
    var defects = report.defects();
    if (!defects.isEmpty()) {
      throw HeadwayException.invalid(defects);
    }
    synchronized (this) {
      var next = report.step();
      var begun = next != null && !next.equals(step);
      step = begun ? next : step;
      if (!begun && lastReport.plus(PACE).isAfter(clock.instant())) {
        held = merged(report);
        return;
      }
    }
    send(report);
  }

  /** Sends what was held back for pace. */
  void flush() {
    reporting.lock();
    try {
      var report = take(null);
      if (report != null) {
        deliver(report);
      }
    } finally {
      reporting.unlock();
    }
  }

  /* The lock keeps a report that was held back from arriving after a newer one. */
  private void send(ProgressReport report) {
    reporting.lock();
    try {
      deliver(Objects.requireNonNull(take(report)));
    } finally {
      reporting.unlock();
    }
  }

  private synchronized @Nullable ProgressReport take(@Nullable ProgressReport newest) {
    var report = newest == null ? held : merged(newest);
    held = null;
    lastReport = clock.instant();
    return report;
  }

  private ProgressReport merged(ProgressReport newest) {
    return held == null ? newest : newest.over(held);
  }

  private void deliver(ProgressReport report) {
    try {
      jobs.report(job.id(), fence, report);
    } catch (HeadwayException refused) {
      if (refused.code() == ErrorCode.UNAVAILABLE) {
        hold(report);
      } else {
        stopUnless(refused);
      }
    }
  }

  /** Keeps a report that could not be stored, for the next flush. */
  private synchronized void hold(ProgressReport report) {
    held = held == null ? report : held.over(report);
  }

  private void stopUnless(HeadwayException refused) {
    if (!GONE.contains(refused.code())) {
      throw refused;
    }
    stop(false);
  }

  @Override
  public void log(String line) {
    try {
      jobs.log(job.id(), "log", List.of(line));
    } catch (HeadwayException refused) {
      stopUnless(refused);
    }
  }

  @Override
  public synchronized boolean stopRequested() {
    return stopped;
  }

  @Override
  public synchronized boolean keepPartial() {
    return keepPartial;
  }

  @Override
  public void onStop(Runnable action) {
    synchronized (this) {
      if (!stopped) {
        stopActions.add(action);
        return;
      }
    }
    stopper.execute(action);
  }

  /** The handler has returned: what it wanted done on a stop no longer needs to be. */
  synchronized void returned() {
    stopActions.clear();
  }

  /** Tells the work to stop; later calls change nothing. */
  void stop(boolean wantPartial) {
    List<Runnable> actions;
    synchronized (this) {
      if (stopped) {
        return;
      }
      stopped = true;
      keepPartial = wantPartial;
      actions = List.copyOf(stopActions);
    }
    actions.forEach(stopper::execute);
  }
}
