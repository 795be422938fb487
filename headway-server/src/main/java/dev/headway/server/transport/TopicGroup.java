package dev.headway.server.transport;

import dev.headway.core.topic.Topic;
import dev.headway.server.socket.Connection.Follower;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The followers of one topic on one event loop. However many events are appended while the loop is
 * busy, it is woken once, and each follower is sent all that it lacks in one write; the bytes are
 * made once for all who are at the same place. Used on its loop, but for the listener's methods.
 */
final class TopicGroup implements Topic.Listener {
  private final Topic topic;
  private final LoopFanout fanout;
  private final Map<Audience, List<LiveFollowing>> followers = new HashMap<>(2);
  private final AtomicBoolean scheduled = new AtomicBoolean();

  TopicGroup(Topic topic, LoopFanout fanout) {
    this.topic = topic;
    this.fanout = fanout;
  }

  Topic topic() {
    return topic;
  }

  @Override
  public void appended() {
    if (scheduled.compareAndSet(false, true)) {
      fanout.loop().execute(this::drain);
    }
  }

  @Override
  public void removed() {
    fanout.loop().execute(this::disband);
  }

  void add(LiveFollowing following) {
    var list = followers.computeIfAbsent(following.audience(), _ -> new ArrayList<>(1));
    following.placedAt(list.size());
    list.add(following);
  }

  /** Takes a follower out; true when nobody is left. */
  boolean remove(LiveFollowing following) {
    var list = followers.get(following.audience());
    if (list == null || following.index() < 0) {
      return followers.isEmpty();
    }
    var last = list.removeLast();
    if (!last.equals(following)) {
      list.set(following.index(), last);
      last.placedAt(following.index());
    }
    following.placedAt(-1);
    if (list.isEmpty()) {
      followers.remove(following.audience());
    }
    return followers.isEmpty();
  }

  private void drain() {
    scheduled.set(false);
    for (var entry : List.copyOf(followers.entrySet())) {
      drain(entry.getKey(), entry.getValue());
    }
  }

  private void drain(Audience audience, List<LiveFollowing> list) {
    Run run = null;
    var more = false;
    for (var at = list.size() - 1; at >= 0; at--) {
      var following = list.get(at);
      if (following.position() < topic.head() && following.connection().writable()) {
        run = runFor(following, audience, run);
        more |= deliver(following, run);
      }
    }
    release(run);
    if (more) {
      appended();
    }
  }

  /** Sends one follower what it lacks. */
  void catchUp(LiveFollowing following) {
    while (following.active()
        && following.position() < topic.head()
        && following.connection().writable()) {
      var run = runFor(following, following.audience(), null);
      deliver(following, run);
      release(run);
    }
  }

  private @Nullable Run runFor(LiveFollowing following, Audience audience, @Nullable Run before) {
    if (before != null && before.from() == following.position()) {
      return before;
    }
    release(before);
    var from = following.position();
    return topic.covers(from)
        ? Run.after(from, topic, audience, following.connection().memory())
        : null;
  }

  private static void release(@Nullable Run run) {
    if (run != null) {
      run.bytes().release();
    }
  }

  /** Writes a run to a follower; true when the log has more for it already. */
  private boolean deliver(LiveFollowing following, @Nullable Run run) {
    if (run == null) {
      leave(following);
      following.tell(Follower::fellBehind);
      return false;
    }
    following.moveTo(run.to());
    if (run.bytes().isReadable()) {
      following.connection().writeShared(run.bytes());
    }
    if (run.last()) {
      leave(following);
      following.tell(Follower::ended);
    }
    return run.to() < topic.head();
  }

  private void leave(LiveFollowing following) {
    following.connection().stopFollowing(following);
  }

  private void disband() {
    for (var list : List.copyOf(followers.values())) {
      for (var following : List.copyOf(list)) {
        leave(following);
        following.tell(Follower::removed);
      }
    }
  }
}
