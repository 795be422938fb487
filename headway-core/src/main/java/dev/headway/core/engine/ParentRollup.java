package dev.headway.core.engine;

import dev.headway.core.error.ErrorCode;
import dev.headway.core.error.HeadwayException;
import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobSpec.Family;
import dev.headway.core.job.JobSpec.ParentEnd;
import dev.headway.core.port.JobStore;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Parents and children: a parent's percentage is the weighted mean of its children's, an ended
 * child counting as done, and never falls, even when children are added late; children are
 * cancelled with a parent that ends or is cancelled, unless their policy says otherwise.
 *
 * <p>What happens to a child is only noted under that child's lock; the parent is moved afterwards
 * on the executor, so that no thread ever holds two jobs' locks. Safe for use by any thread.
 */
public final class ParentRollup implements JobListener {
  /**
   * @param follows whether it is still to be cancelled when its parent is
   */
  private record Child(double weight, double percent, boolean follows) {
    static Child of(Job job, Family family) {
      var percent = job.progress().percent();
      var reached = job.ended() ? 100 : percent == null ? 0 : percent;
      var follows = !job.ended() && family.onParentEnd() == ParentEnd.CANCEL;
      return new Child(family.weight(), reached, follows);
    }
  }

  private static final int ORPHANS = 500;

  private static final System.Logger LOG = System.getLogger(ParentRollup.class.getName());

  private final ConcurrentHashMap<UUID, Map<UUID, Child>> children = new ConcurrentHashMap<>();
  private final Set<UUID> read = ConcurrentHashMap.newKeySet();
  private final Set<UUID> moved = ConcurrentHashMap.newKeySet();
  private final Set<UUID> cancelled = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final Jobs jobs;
  private final JobStore store;
  private final Executor executor;

  /**
   * @param jobs takes the commands; this must be added to its listeners
   * @param store knows the children of a parent that is new here
   * @param executor runs what follows from an event
   */
  public ParentRollup(Jobs jobs, JobStore store, Executor executor) {
    this.jobs = jobs;
    this.store = store;
    this.executor = executor;
  }

  @Override
  public void happened(JobEvent event) {
    if (event instanceof JobEvent.Logged) {
      return;
    }
    var job = event.job();
    var family = job.spec().family();
    if (family != null) {
      known(family.parent()).put(job.id(), Child.of(job, family));
      moved.add(family.parent());
      schedule();
    }
    asParent(event);
  }

  private void asParent(JobEvent event) {
    switch (event) {
      case JobEvent.CancelRequested(var job) -> cancelChildren(job);
      case JobEvent.Cancelled(var job) -> cancelChildren(job);
      case JobEvent.Started(var job) when children.containsKey(job.id()) -> {
        moved.add(job.id());
        schedule();
      }
      case JobEvent.Completed(var job) when children.containsKey(job.id()) -> cancelChildren(job);
      case JobEvent.Failed(var job) when children.containsKey(job.id()) -> cancelChildren(job);
      case JobEvent.Started _,
          JobEvent.Queued _,
          JobEvent.Progressed _,
          JobEvent.Logged _,
          JobEvent.StepsDeclared _,
          JobEvent.Stalled _,
          JobEvent.AttemptFailed _,
          JobEvent.Completed _,
          JobEvent.Failed _,
          JobEvent.CancelTooLate _,
          JobEvent.Deleted _ -> {}
    }
  }

  private void cancelChildren(Job parent) {
    cancelled.add(parent.id());
    schedule();
  }

  /*
   * Events are noted here before the stored children are read, and what is read replaces nothing:
   * so an event that comes while they are being read is not lost.
   */
  private Map<UUID, Child> known(UUID parent) {
    return children.computeIfAbsent(parent, _ -> new ConcurrentHashMap<>());
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      executor.execute(this::catchUp);
    }
  }

  private void catchUp() {
    scheduled.set(false);
    forEachOnce(moved, this::rollUp);
    forEachOnce(cancelled, this::cancelRunning);
  }

  /** One family's trouble must not keep the others from being seen to. */
  private static void forEachOnce(Set<UUID> parents, Consumer<UUID> action) {
    for (var parent : Set.copyOf(parents)) {
      if (parents.remove(parent)) {
        try {
          action.accept(parent);
        } catch (RuntimeException failure) { // the store's; with the next event it is tried again
          parents.add(parent);
          LOG.log(
              System.Logger.Level.WARNING, "The family of job " + parent + " is behind", failure);
        }
      }
    }
  }

  private void rollUp(UUID parent) {
    if (ended(parent)) {
      cancelRunning(parent); // a child may have come too late
      return;
    }
    var family = all(parent).values();
    var weights = family.stream().mapToDouble(Child::weight).sum();
    var done = family.stream().mapToDouble(child -> child.weight() * child.percent()).sum();
    if (weights > 0) {
      tell(parent, new Command.RollUp(Math.min(100, done / weights)));
    }
  }

  private Map<UUID, Child> all(UUID parent) {
    var family = known(parent);
    if (!read.contains(parent)) {
      for (var stored : store.children(parent)) {
        var job = jobs.find(stored.id()).orElse(stored);
        var place = job.spec().family();
        if (place != null) {
          family.putIfAbsent(job.id(), Child.of(job, place));
        }
      }
      read.add(parent);
    }
    return family;
  }

  private void cancelRunning(UUID parent) {
    var family = all(parent);
    family.forEach((child, state) -> {
      if (state.follows()) {
        tell(child, new Command.RequestCancel(false));
      }
    });
    if (family.isEmpty() || ended(parent)) {
      forget(parent);
    }
  }

  /**
   * Cancels children that outlived their parent: those that this node was not told of, because it
   * or another one was killed, or that came late. Returns their number.
   */
  public int tick() {
    var orphans = store.orphans(ORPHANS);
    for (var orphan : orphans) {
      try {
        tell(orphan, new Command.RequestCancel(false));
      } catch (RuntimeException failure) {
        LOG.log(System.Logger.Level.WARNING, "Job " + orphan + " could not be cancelled", failure);
      }
    }
    return orphans.size();
  }

  private void tell(UUID id, Command command) {
    try {
      jobs.decide(id, command);
    } catch (HeadwayException deleted) {
      if (deleted.code() != ErrorCode.NOT_FOUND) {
        throw deleted;
      }
    }
  }

  private boolean ended(UUID id) {
    return jobs.find(id).filter(job -> !job.ended()).isEmpty();
  }

  /** The number of parents that are followed. */
  public int size() {
    return children.size();
  }

  private void forget(UUID parent) {
    children.remove(parent);
    read.remove(parent);
  }
}
