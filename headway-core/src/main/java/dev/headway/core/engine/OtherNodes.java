package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.port.Bus;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.LedgerRecord;
import dev.headway.core.port.ProgressLedger;
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
  /**
   * The time between two comparisons, so that a watcher sees what was stored elsewhere within 300
   * ms, the reading included.
   */
  public static final Duration PACE = Duration.ofMillis(200);

  /** How long a worker that waits here may miss a job that was queued elsewhere. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** The time between two readings of the watched feeds while the other nodes ring. */
  private static final Duration FEEDS = Duration.ofSeconds(2);

  private final Hub hub;
  private final JobTopics topics;
  private final QueueSignal queueSignal;
  private final JobStore store;
  private final Feeds feeds;
  private final Bus bus;
  private final InstantSource clock;
  private volatile Instant looked = Instant.EPOCH;
  private volatile Instant feedsRead = Instant.EPOCH;

  /** Follows the jobs in {@code hub} and the feeds; the bus must be told to call this. */
  public OtherNodes(Hub hub, Jobs jobs, JobStore store, Feeds feeds, Bus bus, InstantSource clock) {
    this.hub = hub;
    this.topics = jobs.topics();
    this.queueSignal = jobs.queueSignal();
    this.store = store;
    this.feeds = feeds;
    this.bus = bus;
    this.clock = clock;
  }

  /** Publishes what has happened elsewhere; returns of how many jobs. */
  public int tick() {
    var now = clock.instant();
    var known = unended();
    for (var mark : store.marks(known.keySet())) {
      known.computeIfPresent(mark.id(), (_, job) -> mark.aheadOf(job) ? job : null);
    }
    var moved = (int) known.keySet().stream().filter(topics::catchUp).count(); // or deleted
    topics.comparedAt(now);
    if (!bus.ringing() || !now.isBefore(feedsRead.plus(FEEDS))) {
      feedsRead = now;
      feeds.catchUp();
    }
    wakeWorkers(now);
    return moved;
  }

  private void wakeWorkers(Instant now) {
    if (!now.isBefore(looked.plus(LOOK))) {
      looked = now;
      queueSignal.raiseIfAwaited();
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
      queueSignal.raise();
    } else if (topic.kind().equals("job") && body != null) {
      reported(topic, LedgerRecord.read(body));
    } else if (topic.kind().equals("job")) {
      rang(topic, number);
    }
  }

  @Override
  public void interrupted() {}

  @Override
  public void restored() {
    feedsRead = Instant.EPOCH;
    tick();
  }

  private void reported(TopicName topic, ProgressLedger.Entry report) {
    if (hub.live(topic).isPresent()) {
      topics.publish(report);
    } else {
      feeds.reported(report);
    }
  }

  /**
   * Looks at once for what another node says that it has done to a job; nothing happens where more
   * is known of it, or where it is neither in memory nor may be shown by a feed.
   *
   * @param milestone the number of its last milestone
   */
  public void rang(TopicName name, long milestone) {
    var id = UUID.fromString(name.id());
    var live = hub.live(name);
    if (live.isEmpty() || live.get().state().ended()) { // not in memory, or deleted
      feeds.catchUp(id);
    } else if (live.get().snapshot().cursor().position().milestone() <= milestone) {
      topics.catchUp(id);
    }
  }
}
