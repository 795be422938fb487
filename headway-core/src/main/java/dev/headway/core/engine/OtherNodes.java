package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.port.Bus;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.LedgerRecord;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.TopicName;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The changes that other nodes sharing the store make to jobs that are in memory here: a watcher
 * sees a job's milestones and progress whichever node it runs on, and a cancellation reaches the
 * work wherever it was asked for. Driven by {@link #tick()}, which compares all such jobs with the
 * store in one query, and by {@link #rang}. Safe for use by any thread.
 */
public final class OtherNodes implements Bus.Listener {
  /** How long a worker that waits here may miss a job that was queued elsewhere. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  private final Hub hub;
  private final Jobs jobs;
  private final JobStore store;
  private final Feeds feeds;
  private final InstantSource clock;
  private volatile Instant looked = Instant.EPOCH;

  /** Follows the jobs in {@code hub}. */
  public OtherNodes(Hub hub, Jobs jobs, JobStore store, Feeds feeds, InstantSource clock) {
    this.hub = hub;
    this.jobs = jobs;
    this.store = store;
    this.feeds = feeds;
    this.clock = clock;
  }

  /** Publishes what has happened elsewhere; returns of how many jobs. */
  public int tick() {
    var now = clock.instant();
    var known = unended();
    for (var mark : store.marks(known.keySet())) {
      known.computeIfPresent(mark.id(), (_, job) -> mark.aheadOf(job) ? job : null);
    }
    var moved = (int) known.keySet().stream().filter(jobs::catchUp).count(); // or deleted
    jobs.comparedAt(now);
    feeds.catchUp();
    wakeWorkers(now);
    return moved;
  }

  private void wakeWorkers(Instant now) {
    if (!now.isBefore(looked.plus(LOOK))) {
      looked = now;
      jobs.queueSignal().raiseIfAwaited();
    }
  }

  private Map<UUID, Job> unended() {
    var known = new HashMap<UUID, Job>();
    for (var topic : hub.live("job")) {
      if (topic.state() instanceof Job job && !job.ended()) {
        known.put(job.id(), job);
      }
    }
    return known;
  }

  @Override
  public void rang(TopicName topic, long number, byte @Nullable [] body) {
    if (topic.equals(JobRings.QUEUE)) {
      jobs.queueSignal().raise();
    } else if (topic.kind().equals("job") && body != null) {
      jobs.reported(LedgerRecord.read(body));
    } else if (topic.kind().equals("job")) {
      rang(topic, number);
    }
  }

  @Override
  public void interrupted() {}

  @Override
  public void restored() {
    tick();
  }

  /**
   * Looks at once for what another node says that it has done to a job; nothing happens where the
   * job is not in memory here, or more is known of it.
   *
   * @param milestone the number of its last milestone
   */
  public void rang(TopicName name, long milestone) {
    var known = hub.live(name).map(topic -> topic.snapshot().cursor().position().milestone());
    if (known.isPresent() && known.get() <= milestone) {
      jobs.catchUp(UUID.fromString(name.id()));
    }
  }
}
