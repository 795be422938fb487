package dev.headway.core.engine;

import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobStatus;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.core.port.Page;
import dev.headway.core.port.PageRequest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Ensures that every job ends: marks silent workers as stalled, revokes lost leases, and ends
 * attempts that take too long and cancellations without an answer. Driven by {@link #tick()}.
 */
public final class Watchdog {
  private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());
  private static final int BATCH = 500;
  private static final int PAGE = 100;

  private final Jobs jobs;
  private final JobStore store;
  private final InstantSource clock;
  private final List<Command> checks;
  private final LongAdder leasesLost = new LongAdder();

  /**
   * @param jobs takes the commands
   * @param store knows which jobs may be due
   * @param cancelPatience how long work may take to answer a cancellation
   */
  public Watchdog(Jobs jobs, JobStore store, InstantSource clock, Duration cancelPatience) {
    this.jobs = jobs;
    this.store = store;
    this.clock = clock;
    this.checks =
        List.of(
            new Command.GiveUpOnCancel(cancelPatience),
            new Command.TimeOut(),
            new Command.LoseLease(false),
            new Command.Stall());
  }

  /**
   * Checks all jobs that may be due; returns the number of those that it moved. An {@link Error}
   * that one of them leads to is thrown after the others were looked at.
   */
  public int tick() {
    jobs.queues().signalReady();
    var moved = 0;
    Error met = null;
    for (var job : store.due(clock.instant(), BATCH)) {
      try {
        moved += check(job) ? 1 : 0;
      } catch (Error failure) {
        met = failure;
      }
    }
    if (met != null) {
      throw met;
    }
    return moved;
  }

  private boolean check(UUID job) {
    return checks.stream().anyMatch(command -> accepted(job, command));
  }

  /**
   * Whether the job was moved; one that cannot be must not keep the others from being looked at.
   */
  private boolean accepted(UUID job, Command command) {
    try {
      var accepted = jobs.decideInPassing(job, command) instanceof Decision.Accepted;
      if (accepted && command instanceof Command.LoseLease) {
        leasesLost.increment();
      }
      return accepted;
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.WARNING, "Job " + job + " could not be checked", failure);
      return false;
    }
  }

  /**
   * Lets the leases of all running jobs run anew, because the server could not hear their workers:
   * it was down or paused, or its clock was set. Returns the number of jobs.
   */
  public int rearm() {
    var rearmed = 0;
    String after = null;
    do {
      var running = running(after);
      rearmed +=
          (int)
              running.items().stream()
                  .filter(job -> accepted(job.id(), new Command.Rearm()))
                  .count();
      jobs.progressWriter().flush(); // what was decided in passing is in no memory
      after = running.next();
    } while (after != null);
    return rearmed;
  }

  /** The number of leases that it has ended since the start, because their workers were silent. */
  public long leasesLost() {
    return leasesLost.sum();
  }

  private Page<Job> running(@Nullable String after) {
    var filter = new Filter(null, null, Set.of(JobStatus.IN_PROGRESS));
    return store.list(filter, new PageRequest(1, PAGE, after));
  }

  /**
   * Revokes the leases of a worker that is known to be gone, such as this node before it was
   * started again; returns their number.
   */
  public int recover(String worker) {
    var held = store.heldBy(worker);
    return (int) held.stream().filter(job -> accepted(job, new Command.LoseLease(true))).count();
  }
}
