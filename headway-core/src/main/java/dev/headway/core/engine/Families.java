package dev.headway.core.engine;

import dev.headway.core.job.Command;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobSpec.Family;
import dev.headway.core.port.JobStore;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Parents and children: a parent's percentage is the weighted mean of its children's, an ended
 * child counting as done, and never falls, even when children are added late; a parent that is
 * cancelled takes its children along.
 *
 * <p>What happens to a child is only noted under that child's lock; the parent is moved afterwards
 * on the executor, so that no thread ever holds two jobs' locks. Safe for use by any thread.
 */
public final class Families implements JobListener {
  private record Child(double weight, double percent, boolean ended) {
    static Child of(Job job, Family family) {
      var percent = job.progress().percent();
      var reached = job.terminal() ? 100 : percent == null ? 0 : percent;
      return new Child(family.weight(), reached, job.terminal());
    }
  }

  private final ConcurrentHashMap<UUID, Map<UUID, Child>> children = new ConcurrentHashMap<>();
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
  public Families(Jobs jobs, JobStore store, Executor executor) {
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
      var siblings = children.get(family.parent());
      if (siblings != null) {
        siblings.put(job.id(), Child.of(job, family));
      }
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
      case JobEvent.Completed(var job) -> children.remove(job.id());
      case JobEvent.Failed(var job) -> children.remove(job.id());
      case JobEvent.Started _,
          JobEvent.Queued _,
          JobEvent.Progressed _,
          JobEvent.Logged _,
          JobEvent.Stalled _,
          JobEvent.AttemptFailed _,
          JobEvent.CancelTooLate _ -> {}
    }
  }

  private void cancelChildren(Job parent) {
    if (children.containsKey(parent.id())) {
      cancelled.add(parent.id());
      schedule();
    }
  }

  private void schedule() {
    if (scheduled.compareAndSet(false, true)) {
      executor.execute(this::catchUp);
    }
  }

  private void catchUp() {
    scheduled.set(false);
    for (var parent : Set.copyOf(moved)) {
      if (moved.remove(parent)) {
        rollUp(parent);
      }
    }
    for (var parent : Set.copyOf(cancelled)) {
      if (cancelled.remove(parent)) {
        cancelRunning(parent);
      }
    }
  }

  private void rollUp(UUID parent) {
    if (jobs.find(parent).isEmpty()) {
      children.remove(parent);
      return;
    }
    var family = children.computeIfAbsent(parent, this::load).values();
    var weights = family.stream().mapToDouble(Child::weight).sum();
    var done = family.stream().mapToDouble(child -> child.weight() * child.percent()).sum();
    if (weights > 0) {
      jobs.decide(parent, new Command.RollUp(Math.min(100, done / weights)));
    }
  }

  private Map<UUID, Child> load(UUID parent) {
    var loaded = new ConcurrentHashMap<UUID, Child>();
    for (var stored : store.children(parent)) {
      var job = jobs.find(stored.id()).orElse(stored);
      var family = job.spec().family();
      if (family != null) {
        loaded.put(job.id(), Child.of(job, family));
      }
    }
    return loaded;
  }

  private void cancelRunning(UUID parent) {
    var family = children.remove(parent);
    if (family != null) {
      family.forEach((child, state) -> {
        if (!state.ended()) {
          jobs.decide(child, new Command.RequestCancel(false));
        }
      });
    }
  }
}
