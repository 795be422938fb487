package dev.headway.server.transport;

import dev.headway.core.topic.Topic;
import io.netty.channel.EventLoop;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/**
 * All that one event loop's connections follow, by topic. A hot topic has a group on every loop, so
 * its watchers are served by all of them. Used on its loop alone.
 */
final class LoopFanout {
  private final EventLoop loop;
  private final InstantSource clock;
  private final Map<Topic, TopicGroup> groups = new HashMap<>();

  LoopFanout(EventLoop loop, InstantSource clock) {
    this.loop = loop;
    this.clock = clock;
  }

  EventLoop loop() {
    return loop;
  }

  /** Adds a follower to its topic's group and sends it what it lacks. */
  void add(LiveFollowing following) {
    var group = groups.computeIfAbsent(following.topic(), this::newGroup);
    group.add(following);
    group.catchUp(following);
  }

  private TopicGroup newGroup(Topic topic) {
    var group = new TopicGroup(topic, this);
    topic.listen(group);
    return group;
  }

  /** Sends a follower that can be written to again what it lacks by now. */
  void catchUp(LiveFollowing following) {
    var group = groups.get(following.topic());
    if (group != null) {
      group.catchUp(following);
    }
  }

  /** Takes a follower out of its topic's group. */
  void remove(LiveFollowing following) {
    var group = groups.get(following.topic());
    if (group != null && group.remove(following)) {
      drop(group);
    }
  }

  void drop(TopicGroup group) {
    groups.remove(group.topic(), group);
    group.topic().unlisten(group, clock.instant());
  }
}
