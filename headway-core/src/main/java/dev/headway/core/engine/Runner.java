package dev.headway.core.engine;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobSpec;
import dev.headway.core.job.Outcome.JobError;
import dev.headway.core.port.JobStore.Waiting;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The worker that is built in: claims jobs of the registered types like any other worker, and runs
 * each on a platform thread of its own, because handlers compute and would keep virtual threads'
 * carriers from everybody else. Safe for use by any thread.
 */
public final class Runner implements JobListener {
  private static final System.Logger LOG = System.getLogger(Runner.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * How the runner works.
   *
   * @param worker its name, the same after a restart of the same node
   * @param concurrency how many jobs at once, from 1
   * @param lease how long a lease lasts without renewal
   */
  public record Settings(String worker, int concurrency, Duration lease) {}

  private record Slot(RunningJob running, Thread thread) {}

  private final Jobs jobs;
  private final Map<String, JobType> types;
  private final Settings settings;
  private final RunningJob.Desk desk;
  private final Semaphore permits;
  private final ConcurrentHashMap<UUID, Slot> slots = new ConcurrentHashMap<>();
  private volatile boolean claiming;
  private @Nullable Thread claimer;

  /**
   * @param jobs where jobs are claimed and reported
   * @param types what it can do, by name
   * @param clock paces reports
   */
  public Runner(Jobs jobs, Map<String, JobType> types, Settings settings, InstantSource clock) {
    this.jobs = jobs;
    this.types = Map.copyOf(types);
    this.settings = settings;
    this.permits = new Semaphore(settings.concurrency());
    this.desk = new RunningJob.Desk(jobs, clock, Executors.newVirtualThreadPerTaskExecutor());
    jobs.listen(this);
  }

  /** Begins to claim jobs. */
  public synchronized void start() {
    claiming = true;
    claimer = Thread.ofVirtual().name("headway-claimer").start(this::claimLoop);
  }

  private void claimLoop() {
    while (claiming) {
      try {
        permits.acquire();
        if (!claimOne()) {
          permits.release();
        }
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  /** Takes and starts one job; waits a moment when there is none. Takes the caller's permit. */
  private boolean claimOne() throws InterruptedException {
    var rings = jobs.bell().rings();
    try {
      var waiting = new Waiting(JobSpec.DEFAULT_QUEUE, types.keySet(), false, false);
      var claimed = jobs.claim(waiting, settings.worker(), settings.lease());
      if (claimed.isPresent()) {
        launch(claimed.get());
        return true;
      }
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.WARNING, "Claiming failed; trying again", failure);
    }
    jobs.bell().await(rings, PATIENCE);
    return false;
  }

  private void launch(Job job) {
    var type = Objects.requireNonNull(types.get(job.spec().type()));
    var lease = Objects.requireNonNull(job.lease());
    var running = new RunningJob(job, lease, type.plan(), desk);
    var thread =
        Thread.ofPlatform()
            .name("headway-job-" + job.id())
            .daemon()
            .unstarted(() -> work(type, running));
    slots.put(job.id(), new Slot(running, thread));
    thread.start();
    catchUp(job, running);
  }

  /** A cancellation may have come between the claim and its place among the slots. */
  private void catchUp(Job job, RunningJob running) {
    jobs.find(job.id()).ifPresent(present -> stopIfAsked(present, running));
  }

  private void work(JobType type, RunningJob running) {
    try {
      end(running, attempt(type, running));
    } catch (RuntimeException failure) {
      LOG.log(
          System.Logger.Level.ERROR, "The end of job " + running.job().id() + " was lost", failure);
    } finally {
      slots.remove(running.job().id());
      permits.release();
    }
  }

  private Command attempt(JobType type, RunningJob running) {
    var fence = running.fence();
    try {
      var result = type.handler().run(running);
      running.flush();
      return new Command.Complete(fence, result);
    } catch (JobStoppedException stopped) {
      return new Command.AcknowledgeCancel(fence, stopped.partial());
    } catch (HeadwayException failure) {
      return new Command.Fail(fence, visible(failure), failure.code().retryable());
    } catch (InterruptedException _) {
      return new Command.AcknowledgeCancel(fence, null);
    } catch (Exception | LinkageError | StackOverflowError | OutOfMemoryError failure) {
      return new Command.Fail(fence, hidden(running.job(), failure), false);
    }
  }

  private static JobError visible(HeadwayException failure) {
    var defects = failure.defects();
    var details = defects.isEmpty() ? null : defects.getFirst().message();
    return new JobError(failure.code(), failure.safeMessage(), details);
  }

  private static JobError hidden(Job job, Throwable failure) {
    LOG.log(System.Logger.Level.ERROR, "Job " + job.id() + " failed unexpectedly", failure);
    return JobError.of(
        ErrorCode.EXECUTION_ERROR,
        "The work failed unexpectedly; look for %s in the server's log".formatted(job.id()));
  }

  private void end(RunningJob running, Command command) {
    switch (jobs.decide(running.job().id(), command)) {
      case Decision.Accepted _ -> {}
      case Decision.Refused(var reason) ->
          LOG.log(
              System.Logger.Level.INFO,
              "The end of job {0} came too late: {1}",
              running.job().id(),
              reason);
    }
  }

  @Override
  public void happened(JobEvent event) {
    var slot = slots.get(event.job().id());
    if (slot != null) {
      stopIfAsked(event.job(), slot.running());
      if (event.job().terminal() && !Thread.currentThread().equals(slot.thread())) {
        slot.thread().interrupt();
      }
    }
  }

  private static void stopIfAsked(Job job, RunningJob running) {
    var lease = job.lease();
    var request = job.cancel();
    if (lease == null || !lease.token().equals(running.fence())) {
      running.stop(false);
    } else if (request != null) {
      running.stop(request.keepPartial());
    }
  }

  /** Sends reports that were held back for pace. Called every few tens of milliseconds. */
  public void flush() {
    slots.values().forEach(slot -> slot.running().flush());
  }

  /** Renews the leases of all that runs. Called at least twice in a lease's length. */
  public void renew() {
    for (var slot : List.copyOf(slots.values())) {
      jobs.decide(slot.running().job().id(), new Command.Renew(slot.running().fence()));
    }
  }

  /** How many jobs are running. */
  public int running() {
    return slots.size();
  }

  /**
   * Stops claiming, gives what runs until the deadline to finish, and then tells it to stop; a job
   * that is cut off here keeps its lease and is taken up again by the node's next start.
   *
   * @throws InterruptedException when interrupted while waiting
   */
  public synchronized void drain(Duration deadline) throws InterruptedException {
    claiming = false;
    if (claimer != null) {
      claimer.interrupt();
      claimer.join();
    }
    if (permits.tryAcquire(settings.concurrency(), deadline.toMillis(), TimeUnit.MILLISECONDS)) {
      return;
    }
    slots.values().forEach(slot -> slot.running().stop(false));
    permits.tryAcquire(settings.concurrency(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
  }
}
