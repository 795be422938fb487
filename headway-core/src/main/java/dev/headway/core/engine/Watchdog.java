package dev.headway.core.engine;

import dev.headway.core.job.Command;
import dev.headway.core.job.Decision;
import dev.headway.core.job.Job;
import dev.headway.core.port.JobStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Ensures that every job ends: marks silent workers as stalled, revokes lost leases, and ends
 * attempts that take too long and cancellations without an answer. Driven by {@link #tick()}.
 */
public final class Watchdog {
  private static final System.Logger LOG = System.getLogger(Watchdog.class.getName());
  private static final int BATCH = 500;

  private final Jobs jobs;
  private final JobStore store;
  private final InstantSource clock;
  private final List<Command> checks;

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

  /** Looks once at all that may be due; returns how many jobs it moved. */
  public int tick() {
    var moved = 0;
    for (var job : store.due(clock.instant(), BATCH)) {
      if (check(job)) {
        moved++;
      }
    }
    return moved;
  }

  private boolean check(Job job) {
    return checks.stream().anyMatch(command -> accepted(job, command));
  }

  /**
   * Whether the job was moved; one that cannot be must not keep the others from being looked at.
   */
  private boolean accepted(Job job, Command command) {
    try {
      return jobs.decide(job.id(), command) instanceof Decision.Accepted;
    } catch (RuntimeException failure) {
      LOG.log(System.Logger.Level.WARNING, "Job " + job.id() + " could not be checked", failure);
      return false;
    }
  }

  /**
   * Takes the leases of a worker that is known to be gone, such as this node before it was started
   * again; returns how many there were.
   */
  public int recover(String worker) {
    var held = store.heldBy(worker);
    return (int) held.stream().filter(job -> accepted(job, new Command.LoseLease(true))).count();
  }
}
