package dev.headway.core.engine;

import dev.headway.core.topic.Hub;
import dev.headway.core.topic.TopicName;
import java.util.HashSet;
import java.util.UUID;

/**
 * The changes that other nodes sharing the store make to jobs that are watched or run here: a
 * watcher sees a job's progress and end whichever node it runs on, and a cancellation reaches the
 * work wherever it was asked for. Driven by {@link #tick()}; reads the store once per such job.
 */
public final class OtherNodes {
  private final Hub hub;
  private final Jobs jobs;
  private final Feeds feeds;
  private final Runner runner;

  /** Follows the jobs in {@code hub} and those of {@code runner}. */
  public OtherNodes(Hub hub, Jobs jobs, Feeds feeds, Runner runner) {
    this.hub = hub;
    this.jobs = jobs;
    this.feeds = feeds;
    this.runner = runner;
  }

  /** Publishes what has happened elsewhere; returns of how many jobs. */
  public int tick() {
    var ids = new HashSet<>(runner.jobs());
    for (TopicName name : hub.watched("job")) {
      ids.add(UUID.fromString(name.id()));
    }
    var moved = (int) ids.stream().filter(jobs::catchUp).count();
    feeds.catchUp();
    return moved;
  }
}
