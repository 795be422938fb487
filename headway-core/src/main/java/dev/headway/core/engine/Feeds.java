package dev.headway.core.engine;

import dev.headway.core.account.Visibility;
import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.job.JobStatus;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.core.port.JobStore.Mark;
import dev.headway.core.port.PageRequest;
import dev.headway.core.port.ProgressLedger;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Feeds: the jobs that a user may see, all of them or those with a tag, as one topic. A feed is
 * kept up to date only while it is in memory: while it is watched, and for the retention time
 * after. Thread-safe.
 *
 * <p>Lock order: a job's stripe lock, then a feed's lock, then the topic's own.
 */
public final class Feeds implements JobListener {
  /**
   * The jobs of a feed.
   *
   * @param sees whose jobs it shows; null for all
   * @param tag the tag that they have; null for any
   */
  public record Scope(@Nullable Visibility sees, @Nullable String tag) {
    boolean shows(Job job) {
      return (sees == null || sees.admits(job.spec().owner()))
          && (tag == null || job.spec().tags().contains(tag));
    }

    private Filter filter(@Nullable Set<JobStatus> statuses) {
      return new Filter(sees, null, statuses, null, null, tag);
    }
  }

  private static final Set<JobStatus> UNENDED =
      Set.of(JobStatus.PENDING, JobStatus.QUEUED, JobStatus.IN_PROGRESS);

  private final ConcurrentHashMap<TopicName, Scope> feeds = new ConcurrentHashMap<>();
  private final StripedLocks locks = new StripedLocks();
  private final Hub hub;
  private final JobStore store;

  /** Feeds of the jobs in {@code store}; must be added to the jobs' listeners. */
  public Feeds(Hub hub, JobStore store) {
    this.hub = hub;
    this.store = store;
  }

  /**
   * A feed, brought to life if need be.
   *
   * @param name the feed's topic
   * @param scope its jobs. When that has changed since the feed came to life (another role), its
   *     watchers are told that it is gone, and it begins anew
   */
  public Topic open(TopicName name, Scope scope) {
    var lock = locks.of(name);
    lock.lock();
    try {
      var before = feeds.put(name, scope);
      if (before != null && !before.equals(scope)) {
        hub.remove(name);
      }
      var live = hub.live(name);
      var topic = hub.open(name, () -> load(scope));
      if (live.isPresent() && !topic.watched()) { // not followed across nodes meanwhile
        catchUp(topic, (FeedState) topic.state(), load(scope).jobs());
      }
      return topic;
    } finally {
      lock.unlock();
    }
  }

  /* Running jobs are queried separately: newer jobs that have ended must not crowd it out. */
  private FeedState load(Scope scope) {
    var jobs = new LinkedHashMap<UUID, Job>();
    newest(scope.filter(UNENDED)).forEach(job -> jobs.put(job.id(), job));
    newest(scope.filter(null)).forEach(job -> jobs.put(job.id(), job));
    return new FeedState(List.copyOf(jobs.values()));
  }

  private List<Job> newest(Filter filter) {
    var page = store.list(filter, new PageRequest(1, FeedState.SIZE));
    return page.items().stream().map(this::present).toList();
  }

  private Job present(Job stored) {
    return hub.live(TopicName.ofJob(stored.id()))
        .map(topic -> (Job) topic.state())
        .filter(known -> !Mark.of(stored).newerThan(known))
        .orElse(stored);
  }

  @Override
  public void happened(JobEvent event) {
    if (event instanceof JobEvent.Logged) {
      return;
    }
    forEachThatShows(event.job(), (topic, state) -> publish(topic, state, event));
  }

  @Override
  public void deleted(Job job) {
    forEachThatShows(job, (topic, state) -> publishDeletion(topic, state, job));
  }

  private void publishDeletion(Topic topic, FeedState state, Job job) {
    if (state.shows(job.id())) {
      hub.publish(topic, state.without(job.id()), new FeedEvent(new JobEvent.Deleted(job)));
    }
  }

  /**
   * Publishes what has happened to the jobs of watched feeds without this node's doing so: what
   * other nodes that share the store have done, and what was purged.
   */
  public void catchUp() {
    feeds.forEach((name, scope) -> {
      if (watched(name)) {
        var stored = load(scope).jobs();
        changed(name, scope, (topic, state) -> catchUp(topic, state, stored));
      }
    });
  }

  private boolean watched(TopicName name) {
    return hub.live(name).filter(Topic::watched).isPresent();
  }

  /** Publishes what another node has done to one job, while any feed is watched. */
  public void catchUp(UUID id) {
    if (feeds.keySet().stream().noneMatch(this::watched)) {
      return;
    }
    var stored = store.find(id).map(Job::listed);
    if (stored.isEmpty()) {
      forEach((topic, state) -> state.job(id).ifPresent(job -> publishDeletion(topic, state, job)));
    } else {
      forEachThatShows(stored.get(), (topic, state) -> publishLacking(topic, state, stored.get()));
    }
  }

  /** Publishes a report that another node has taken to the feeds that show its job. */
  public void reported(ProgressLedger.Entry report) {
    forEach((topic, state) ->
        state
            .job(report.job())
            .flatMap(report::of)
            .ifPresent(job -> publish(topic, state, new JobEvent.Progressed(job))));
  }

  private void catchUp(Topic topic, FeedState known, List<Job> stored) {
    var state = known;
    for (var job : stored) {
      state = publishLacking(topic, state, job);
    }
    dropDeleted(topic, known, new FeedState(stored));
  }

  private FeedState publishLacking(Topic topic, FeedState known, Job job) {
    return known.lacks(job) ? publish(topic, known, JobEvent.presenting(job)) : known;
  }

  private FeedState publish(Topic topic, FeedState known, JobEvent event) {
    var next = known.with(event.job());
    hub.publish(topic, next, new FeedEvent(event));
    return next;
  }

  /*
   * A job that the store no longer lists was deleted, fell out of a full list, or is newer than the
   * list, so the store is asked for each of the few.
   */
  private void dropDeleted(Topic topic, FeedState known, FeedState stored) {
    for (var job : known.jobs()) {
      if (!stored.shows(job.id()) && store.find(job.id()).isEmpty()) {
        publishDeletion(topic, (FeedState) topic.state(), job);
      }
    }
  }

  private void forEach(BiConsumer<Topic, FeedState> change) {
    feeds.forEach((name, feed) -> changed(name, feed, change));
  }

  /** Forgets the feeds that are in memory no more. Called again and again. */
  public void sweep() {
    for (var name : feeds.keySet()) {
      var lock = locks.of(name);
      lock.lock();
      try {
        if (hub.live(name).isEmpty()) {
          feeds.remove(name);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  /** The number of feeds that are followed. */
  int size() {
    return feeds.size();
  }

  private void forEachThatShows(Job job, BiConsumer<Topic, FeedState> change) {
    feeds.forEach((name, feed) -> {
      if (feed.shows(job)) {
        changed(name, feed, change);
      }
    });
  }

  private void changed(TopicName name, Scope feed, BiConsumer<Topic, FeedState> change) {
    var lock = locks.of(name);
    lock.lock();
    try {
      if (!feed.equals(feeds.get(name))) {
        return; // it began anew since, and has seen the change when it did
      }
      var topic = hub.live(name);
      if (topic.isPresent()) {
        change.accept(topic.get(), (FeedState) topic.get().state());
      } else {
        feeds.remove(name);
      }
    } finally {
      lock.unlock();
    }
  }
}
