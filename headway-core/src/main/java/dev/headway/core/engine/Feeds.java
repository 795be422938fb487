package dev.headway.core.engine;

import dev.headway.core.job.Job;
import dev.headway.core.job.JobEvent;
import dev.headway.core.port.JobStore;
import dev.headway.core.port.JobStore.Filter;
import dev.headway.core.port.JobStore.Visibility;
import dev.headway.core.port.PageRequest;
import dev.headway.core.topic.Hub;
import dev.headway.core.topic.Topic;
import dev.headway.core.topic.TopicName;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The feeds of users: everything that a user may see, as one topic. A feed is kept up to date only
 * while it is in memory, that is, while somebody watches it or did so lately. Safe for use by any
 * thread.
 *
 * <p>Lock order: a job's stripe lock, then a feed's lock, then the topic's own.
 */
public final class Feeds implements JobListener {
  private record Feed(@Nullable Visibility sees, ReentrantLock lock) {
    boolean shows(Job job) {
      var owner = job.spec().owner();
      return sees == null
          || (owner == null ? sees.anonymous() : Objects.equals(owner, sees.owner()));
    }
  }

  private final ConcurrentHashMap<TopicName, Feed> feeds = new ConcurrentHashMap<>();
  private final Hub hub;
  private final JobStore store;

  /** Feeds of the jobs in {@code store}; must be added to the jobs' listeners. */
  public Feeds(Hub hub, JobStore store) {
    this.hub = hub;
    this.store = store;
  }

  /**
   * A user's feed, brought to life if need be.
   *
   * @param name the feed's topic
   * @param sees whose jobs it shows; null for all
   */
  public Topic open(TopicName name, @Nullable Visibility sees) {
    var feed = feeds.computeIfAbsent(name, _ -> new Feed(sees, new ReentrantLock()));
    feed.lock().lock();
    try {
      feeds.put(name, feed); // it may have been let go of between the two lines above
      return hub.open(name, () -> load(sees));
    } finally {
      feed.lock().unlock();
    }
  }

  private FeedState load(@Nullable Visibility sees) {
    var page = store.list(new Filter(sees, null, null), new PageRequest(1, FeedState.SIZE));
    return new FeedState(page.items().stream().map(this::newest).toList());
  }

  private Job newest(Job stored) {
    return hub.live(TopicName.ofJob(stored.id())).map(topic -> (Job) topic.state()).orElse(stored);
  }

  @Override
  public void happened(JobEvent event) {
    if (event instanceof JobEvent.Logged) {
      return;
    }
    feeds.forEach((name, feed) -> {
      if (feed.shows(event.job())) {
        publish(name, feed, event);
      }
    });
  }

  private void publish(TopicName name, Feed feed, JobEvent event) {
    feed.lock().lock();
    try {
      var topic = hub.live(name);
      if (topic.isPresent()) {
        var next = ((FeedState) topic.get().state()).with(event.job());
        hub.publish(topic.get(), next, new FeedEvent(event));
      } else {
        feeds.remove(name, feed);
      }
    } finally {
      feed.lock().unlock();
    }
  }
}
