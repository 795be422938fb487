package dev.headway.server.transport;

import dev.headway.core.topic.Topic;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.EventLoop;
import io.netty.channel.SingleThreadEventLoop;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * All that one event loop's connections follow, by topic. A hot topic has a group on every loop, so
 * its watchers are served by all of them. Used on its loop alone.
 */
final class LoopFanout {
  private final EventLoop loop;
  private final InstantSource clock;
  private final LongSupplier ticker;
  private final Map<Topic, TopicGroup> groups = new HashMap<>();

  LoopFanout(EventLoop loop, Shared shared) {
    this.loop = loop;
    this.clock = shared.clock();
    this.ticker = shared.ticker();
  }

  EventLoop loop() {
    return loop;
  }

  /** Milliseconds of a clock that never goes back. */
  long now() {
    return ticker.getAsLong();
  }

  /** Where shared bytes are kept. */
  ByteBufAllocator memory() {
    return ByteBufAllocator.DEFAULT;
  }

  /**
   * Runs an action when the loop has looked after its sockets. Actions go to the end of a queue.
   */
  void afterSockets(Runnable action) {
    ((SingleThreadEventLoop) loop).executeAfterEventLoopIteration(() -> loop.execute(action));
  }

  /** Adds a follower to its topic's group and sends it what it lacks. */
  void add(LiveFollowing following, Topic topic, Audience audience) {
    groups.computeIfAbsent(topic, this::newGroup).add(following, audience);
  }

  private TopicGroup newGroup(Topic topic) {
    var group = new TopicGroup(topic, this);
    topic.listen(group);
    return group;
  }

  /** Sends a follower that can be written to again what it lacks by now. */
  void catchUp(LiveFollowing following) {
    var followers = following.followers();
    if (followers != null) {
      followers.catchUp(following);
    }
  }

  /** Takes a follower out of its topic's group. */
  void remove(LiveFollowing following) {
    var followers = following.followers();
    if (followers == null) {
      return;
    }
    followers.remove(following);
    var group = followers.group();
    if (group.dropIfEmpty(followers)) {
      groups.remove(group.topic(), group);
      group.topic().unlisten(group, clock.instant());
    }
  }
}
