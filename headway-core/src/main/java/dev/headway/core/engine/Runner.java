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
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The built-in worker: claims jobs of the registered types like any other worker, and runs each on
 * a platform thread of its own, because handlers compute and would occupy the carriers of virtual
 * threads. Thread-safe.
 */
public final class Runner implements JobListener {
  private static final System.Logger LOG = System.getLogger(Runner.class.getName());
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /**
   * The settings of a runner.
   *
   * @param worker its name, the same after a restart of the same node
   * @param concurrency how many jobs at once, from 1
   * @param lease how long a lease lasts without renewal
   */
  public record Settings(String worker, int concurrency, Duration lease) {}

  /** An attempt and its thread, until its end is stored. */
  private static final class Slot {
    final RunningJob running;
    final Thread thread;

    /** Its end, once the handler has returned; written by the thread, read by {@link #renew()}. */
    volatile @Nullable Command end;

    Slot(RunningJob running, Function<Slot, Thread> thread) {
      this.running = running;
      this.thread = thread.apply(this);
    }
  }

  private final Jobs jobs;
  private final Map<String, JobType> types;
  private final Settings settings;
  private final InstantSource clock;
  private final Executor stopper = Executors.newVirtualThreadPerTaskExecutor();
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
    this.clock = clock;
    jobs.listen(this);
  }

  /** Begins to claim jobs; does nothing when it can do no type of job. */
  public synchronized void start() {
    if (types.isEmpty()) { // no types in a query mean all types
      return;
    }
    claiming = true;
    claimer = Thread.ofVirtual().name("headway-claimer").start(this::claimLoop);
  }

  private void claimLoop() {
    try {
      while (claiming) {
        permits.acquire();
        claimOne();
      }
    } catch (InterruptedException _) {
      LOG.log(System.Logger.Level.DEBUG, "No more jobs are claimed");
    }
  }

  /** Takes and starts one job with the caller's permit; waits a moment when there is none. */
  private void claimOne() throws InterruptedException {
    var launched = false;
    var waiting = new Waiting(JobSpec.DEFAULT_QUEUE, types.keySet(), false, null);
    var seen = jobs.queueSignal().count();
    try {
      var claimed = jobs.claim(waiting, settings.worker(), settings.lease());
      claimed.ifPresent(this::launch);
      launched = claimed.isPresent();
    } catch (RuntimeException | OutOfMemoryError failure) { // the latter when threads run out
      LOG.log(System.Logger.Level.WARNING, "Claiming failed; trying again", failure);
    }
    if (!launched) {
      permits.release();
      jobs.queues().await(waiting, seen, PATIENCE);
    }
  }

  private void launch(Job job) {
    var type = Objects.requireNonNull(types.get(job.spec().type()));
    var lease = Objects.requireNonNull(job.lease());
    var running = new RunningJob(job, lease, type.plan(), jobs, clock, stopper);
    var slot = new Slot(running, self -> thread(type, self));
    slots.put(job.id(), slot);
    start(slot);
    catchUp(job, running);
  }

  private void start(Slot slot) {
    var started = false;
    try {
      slot.thread.start();
      started = true;
    } finally {
      if (!started) { // no thread was available: without a slot the lease ends, and another attempt
        // follows
        slots.remove(slot.running.job().id(), slot);
      }
    }
  }

  private Thread thread(JobType type, Slot slot) {
    return Thread.ofPlatform()
        .name("headway-job-" + slot.running.job().id())
        .daemon()
        .unstarted(() -> work(type, slot));
  }

  /** A cancellation may have come between the claim and its place among the slots. */
  private void catchUp(Job job, RunningJob running) {
    jobs.find(job.id()).ifPresent(present -> stopIfAsked(present, running));
  }

  private void work(JobType type, Slot slot) {
    try {
      slot.end = attempt(type, slot.running);
      end(slot);
    } finally {
      permits.release();
    }
  }

  private Command attempt(JobType type, RunningJob running) {
    var fence = running.fence();
    try {
      var result = type.handler().run(running);
      lastReport(running);
      return new Command.Complete(fence, result);
    } catch (JobStoppedException stopped) {
      return new Command.AcknowledgeCancel(fence, stopped.partial());
    } catch (HeadwayException failure) {
      return new Command.Fail(fence, visible(failure), failure.retryable());
    } catch (InterruptedException _) {
      return new Command.AcknowledgeCancel(fence, null);
    } catch (Exception | Error failure) { // whatever a handler throws is the end of its job alone
      return new Command.Fail(fence, hidden(running.job(), failure), false);
    } finally {
      running.returned();
    }
  }

  private static void lastReport(RunningJob running) {
    try {
      running.flush();
    } catch (RuntimeException failure) { // the result is what counts
      LOG.log(
          System.Logger.Level.WARNING,
          "The last report of job " + running.job().id() + " was lost",
          failure);
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

  /** Stores the end. When that fails, the slot and so the lease stay, and it is tried again. */
  private void end(Slot slot) {
    var id = slot.running.job().id();
    try {
      var decision = jobs.decide(id, Objects.requireNonNull(slot.end));
      if (decision instanceof Decision.Refused(var reason)) {
        LOG.log(System.Logger.Level.INFO, "The end of job {0} was refused: {1}", id, reason);
      }
      slots.remove(id, slot);
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.ERROR, "The end of job " + id + " could not be stored", failure);
      if (failure instanceof HeadwayException refused && refused.code() == ErrorCode.NOT_FOUND) {
        slots.remove(id, slot);
      }
    }
  }

  @Override
  public void happened(JobEvent event) {
    var slot = slots.get(event.job().id());
    if (slot != null) {
      stopIfAsked(event.job(), slot.running);
      if (event.job().ended() && !Thread.currentThread().equals(slot.thread)) {
        slot.thread.interrupt();
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
    forEachSlot(slot -> slot.running.flush());
  }

  /**
   * Renews the leases of all that runs, and stores ends that could not be stored before. Called at
   * least twice in a lease's length.
   */
  public void renew() {
    forEachSlot(this::renew);
  }

  private void renew(Slot slot) {
    jobs.decide(slot.running.job().id(), new Command.Renew(slot.running.fence()));
    if (slot.end != null && !slot.thread.isAlive()) {
      end(slot);
    }
  }

  /** One job's trouble must not keep the others from being seen to. */
  private void forEachSlot(Consumer<Slot> action) {
    for (var slot : slots.values()) {
      try {
        action.accept(slot);
      } catch (RuntimeException failure) {
        var id = slot.running.job().id();
        LOG.log(System.Logger.Level.WARNING, "Job " + id + " could not be seen to", failure);
      }
    }
  }

  /** The jobs that are running. */
  public Set<UUID> jobs() {
    return Set.copyOf(slots.keySet());
  }

  /** The number of running jobs. */
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
    if (!finished(deadline)) {
      slots.values().forEach(slot -> slot.running.stop(false));
      finished(PATIENCE);
    }
  }

  private boolean finished(Duration deadline) throws InterruptedException {
    var all = settings.concurrency();
    var finished = permits.tryAcquire(all, deadline.toMillis(), TimeUnit.MILLISECONDS);
    if (finished) {
      permits.release(all); // to drain again is to return at once
    }
    return finished;
  }
}
