package dev.headway.core.engine;

import dev.headway.core.topic.Hub;
import dev.headway.core.topic.TopicName;
import java.time.Duration;
import java.util.HashSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The changes that other nodes sharing the store make to jobs that are watched, run or reported on
 * here: a watcher sees a job's progress and end whichever node it runs on, a cancellation reaches
 * the work wherever it was asked for, and a lease that another node has ended is worth nothing
 * here. Driven by {@link #tick()}; reads the store once per such job.
 */
public final class OtherNodes {
  /*
   * Shorter than the shortest lease. A lease cannot end elsewhere while its reports are stored, so a
   * report that is judged by what was stored so lately is never one of a lease that has ended.
   */
  private static final Duration CONFIRMED = Duration.ofMillis(500);

  private final Hub hub;
  private final Jobs jobs;
  private final Feeds feeds;
  private final Runner runner;
  private final LongSupplier nanos;

  /* When the jobs that are reported on were last compared with the store. */
  private final ConcurrentHashMap<UUID, Long> confirmed = new ConcurrentHashMap<>();

  /**
   * Follows the jobs in {@code hub} and those of {@code runner}.
   *
   * @param nanos a clock that never goes back, in nanoseconds
   */
  public OtherNodes(Hub hub, Jobs jobs, Feeds feeds, Runner runner, LongSupplier nanos) {
    this.hub = hub;
    this.jobs = jobs;
    this.feeds = feeds;
    this.runner = runner;
    this.nanos = nanos;
    jobs.beforeReports(this::confirm);
  }

  private void confirm(UUID job) {
    var now = nanos.getAsLong();
    var last = confirmed.get(job);
    if (last == null || now - last > CONFIRMED.toNanos()) {
      jobs.catchUp(job);
      confirmed.put(job, now);
    }
  }

  /** Publishes what has happened elsewhere; returns of how many jobs. */
  public int tick() {
    var ids = new HashSet<>(runner.jobs());
    for (TopicName name : hub.watched("job")) {
      ids.add(UUID.fromString(name.id()));
    }
    var moved = (int) ids.stream().filter(jobs::catchUp).count();
    feeds.catchUp();
    var old = nanos.getAsLong() - CONFIRMED.toNanos();
    confirmed.values().removeIf(last -> last < old);
    return moved;
  }
}
